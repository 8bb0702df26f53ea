// What Decap's Vietnamese lacks, or says as no editor here would.

export const RESTORE = "Lần trước bạn đóng trang khi chưa lưu bài này.";
const WORDS = {
  auth: { login: "Vào trang biên tập" },
  app: { header: { workflow: "Duyệt bài", media: "Ảnh và tệp", quickAdd: "Thêm nhanh" } },
  collection: {
    sidebar: { collections: "Nội dung", searchAll: "Tìm trong mọi loại bài" },
    collectionTop: {
      newButton: "Thêm %{collectionLabel}", newButtonAriaLabel: "Thêm %{collectionLabel}", viewAs: "Xem dạng", viewAsList: "Xem dạng danh sách",
      viewAsGrid: "Xem dạng ô", groupBy: "Xếp nhóm theo",
    },
    entries: { unpublishedHeader: "Bài chưa đăng" },
    groups: { other: "Khác", negateLabel: "Không phải %{label}" },
  },
  editor: {
    editorControl: { field: { widgetLabel: "Ô %{widgetLabel}" } },
    editorControlPane: {
      widget: {
        required: "Chưa điền %{fieldLabel}.",
        regexPattern: "%{fieldLabel} chưa đúng: %{pattern}.",
        invalidPath: "Đường dẫn “%{path}” không dùng được",
        pathExists: "Đã có bài ở “%{path}”",
      },
    },
    editor: {
      onLeavePage: "Bạn có chắc muốn rời trang? Phần chưa lưu sẽ mất.",
      confirmLoadBackup: RESTORE,
    },
    editorInterface: { togglePreview: "Bật, tắt xem trước", toggleScrollSync: "Cuộn hai bên cùng nhau", toggleNotes: "Bật, tắt ghi chú" },
    editorToolbar: {
      status: "Trạng thái: %{status}", backCollection: " Đang viết trong mục %{collectionLabel}",
      unsavedChanges: "Chưa lưu", changesSaved: "Đã lưu", inReview: "Chờ duyệt", ready: "Đã duyệt", deployButtonLabel: "Xem trên trang",
      statusInfoTooltipDraft: "Bài đang là bản nháp. Viết xong, chuyển sang “Chờ duyệt”.",
      statusInfoTooltipInReview: "Bài đang chờ duyệt. Bạn vẫn sửa tiếp được.",
    },
    editorWidgets: {
      markdown: {
        bold: "Đậm", italic: "Nghiêng", strikethrough: "Gạch ngang", code: "Mã", link: "Liên kết", linkPrompt: "Địa chỉ của liên kết",
        headings: "Tiêu đề", quote: "Trích dẫn", bulletedList: "Danh sách", numberedList: "Danh sách đánh số", addComponent: "Chèn",
        toggleMode: { rich: "Chuyển sang soạn trực quan", markdown: "Chuyển sang Markdown" },
      },
      image: { choose: "Chọn ảnh", chooseDifferent: "Chọn ảnh khác", remove: "Bỏ ảnh", chooseMultiple: "Chọn nhiều ảnh", addMore: "Thêm ảnh", removeAll: "Bỏ mọi ảnh" },
      file: { choose: "Chọn tệp", chooseDifferent: "Chọn tệp khác", remove: "Bỏ tệp", chooseMultiple: "Chọn nhiều tệp", addMore: "Thêm tệp", removeAll: "Bỏ mọi tệp" },
      datetime: { now: "Bây giờ", setToNow: "Đặt %{fieldLabel} là bây giờ" },
      list: { add: "Thêm %{item}", addType: "Thêm %{item}" },
      object: { expand: "Mở ra", collapse: "Thu lại" },
    },
  },
  mediaLibrary: {
    mediaLibraryCard: { copy: "Chép", copyUrl: "Chép địa chỉ", copyPath: "Chép đường dẫn", copyName: "Chép tên", copied: "Đã chép" },
    mediaLibraryModal: { close: "Đóng", images: "Ảnh", noImagesFound: "Chưa có ảnh nào. Bấm Tải lên để thêm.", noAssetsFound: "Chưa có tệp nào. Bấm Tải lên để thêm.", chooseSelected: "Dùng tệp đã chọn", deleteSelected: "Xóa tệp đã chọn" },
  },
  ui: {
    settingsDropdown: { account: "Tài khoản" },
    toast: {
      onFailToPersist: "Chưa lưu được: %{details}",
      missingRequiredField: "Còn ô bắt buộc chưa điền, hoặc điền chưa đúng. Xem các ô có chữ đỏ.",
      entrySaved: "Đã lưu bài", entryPublished: "Đã lưu bài", onFailToPublishEntry: "Chưa lưu được: %{details}",
    },
  },
};

// On one's own machine an item is saved, and what is published is decided by its status; in a team it is published when it was reviewed.
const OWN = {
  editor: {
    editorToolbar: {
      publish: "Lưu", publishing: "Đang lưu…", published: "Đã lưu", publishNow: "Lưu ngay", publishAndCreateNew: "Lưu và viết bài mới",
      publishAndDuplicate: "Lưu và chép thành bài khác",
    },
  },
};
const TEAM = {
  editor: {
    editorToolbar: {
      publish: "Đăng", publishing: "Đang đăng…", published: "Đã đăng", publishNow: "Đăng ngay", publishAndCreateNew: "Đăng và viết bài mới",
      publishAndDuplicate: "Đăng và chép thành bài khác", unpublish: "Thôi đăng",
    },
  },
  ui: { toast: { entryPublished: "Đã đăng bài", onFailToPublishEntry: "Chưa đăng được: %{details}" } },
};

export function translated(phrases, mode) {
  const merge = (old, now) =>
    typeof now === "string" ? now : Object.fromEntries([...new Set([...Object.keys(old ?? {}), ...Object.keys(now)])].map((name) => [name, name in now ? merge(old?.[name], now[name]) : old[name]]));
  return merge(merge(phrases, WORDS), mode === "editorial_workflow" ? TEAM : OWN);
}

// What Decap asks in English alone. A file of the same name may be shown by other items: that is said, too.
export const said = (question) =>
  question.replace(/^(.+) already exists\. Do you want to replace it\?$/, "Đã có tệp “$1”. Thay bằng tệp mới? Mọi bài đang dùng tệp cũ sẽ hiện tệp mới. Nếu là tệp khác, hãy bấm Hủy và đổi tên.");
