// "Nhập tệp Word": a button beside the list of items. The server on this machine imports the file as `make import` does and commits the
// draft (chuyendoiso/authoring/web_editor/word_upload.py); the page then opens it, with the report beside the form until it is read.

import { element } from "./dom.js";
import { post } from "./git-host.js";

const LARGEST = 40_000_000; // bytes
const REPORT = "cds-word-report";
const PLACES = /^(?:#\/collections(?:\/[^/]+)?)?$/; // the lists: no form is open that would be left
const STOPPED = "Máy chủ của trang biên tập đã dừng, tệp chưa được nhập. Cách sửa: chạy lại make editor trong cửa sổ lệnh, rồi bấm Nhập thành bài nháp.";
const NOTES = { "CHÚ Ý": "Chú ý", "Cần điền": "Ô cần điền", "Cần xem lại": "Chỗ cần xem lại", "Đã bỏ": "Không giữ được" };

const button = (words, onclick) => element("button", { type: "button", textContent: words, onclick });

export function offerWordImport(settings) {
  const open = button("Nhập tệp Word", () => ask(settings));
  open.className = "cds-word-button";
  document.body.append(open);
  const place = () => {
    open.hidden = !PLACES.test(location.hash);
    open.classList.toggle("cds-word-button--list", /\/collections\/./.test(location.hash));
  };
  window.addEventListener("hashchange", place);
  place();
  showReport();
}

// ── the box ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

const field = (id, words, control) => [element("label", { htmlFor: id, textContent: words }), Object.assign(control, { id })];

function ask({ config, word_kinds: kinds }) {
  const names = new Map(config.collections.map(({ name, label }) => [name, label]));
  const word = element("input", { type: "file", accept: ".docx" });
  const pdf = element("input", { type: "file", accept: ".pdf" });
  const kind = element("select", {}, new Option("Để máy nhận theo những dòng đầu", ""), ...kinds.map((name) => new Option(names.get(name) ?? name, name)));
  const state = element("p", { className: "cds-word-state" });
  state.setAttribute("role", "status");
  const start = button("Nhập thành bài nháp", () => run());
  const close = button("Thôi", () => dialog.close());
  const dialog = element("dialog", { className: "cds-conflict cds-word-box" },
    element("h2", { id: "cds-word-title", textContent: "Nhập tệp Word" }),
    element("p", { textContent: "Tệp thành một bài nháp, ảnh trong tệp được lưu cùng. Không bài nào bị ghi đè, chưa có gì được đăng." }),
    ...field("cds-word-file", "Tệp Word (.docx, tối đa 40 MB)", word),
    ...field("cds-word-pdf", "Bản gốc đã ký (PDF), nếu có", pdf),
    ...field("cds-word-kind", "Nhập thành", kind),
    state,
    element("div", { className: "cds-conflict-buttons" }, start, close));
  dialog.setAttribute("aria-labelledby", "cds-word-title");
  let busy = false;
  dialog.addEventListener("cancel", (event) => busy && event.preventDefault());
  dialog.addEventListener("close", () => dialog.remove());
  const show = (words, wrong = false) => {
    state.textContent = words;
    state.classList.toggle("cds-word-state--wrong", wrong);
  };
  async function run() {
    busy = start.disabled = close.disabled = true;
    show("Đang đọc tệp Word…");
    try {
      opened(await imported(word.files[0], pdf.files[0], kind.value, config.backend.branch));
    } catch (error) {
      show(error.message, true);
      busy = start.disabled = close.disabled = false;
    }
  }
  document.body.append(dialog);
  dialog.showModal();
}

// Return the report of the import. Throw an Error with the words for the person.
async function imported(word, pdf, kind, branch) {
  if (!word) throw new Error("Chưa chọn tệp Word. Cách sửa: bấm vào ô tệp rồi chọn một tệp .docx.");
  for (const file of [word, pdf].filter(Boolean)) refuseLarge(file);
  const [file, original] = [await read(word), pdf && (await read(pdf))];
  const response = await post("word", { ...file, kind, branch, ...(original && { pdf: original }) });
  if (response.status === 503) throw new Error(STOPPED);
  const result = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(result.message ?? "Chưa nhập được tệp. Cách sửa: xem cửa sổ lệnh còn chạy make editor không, rồi nhập lại.");
  return result;
}

function refuseLarge({ name, size }) {
  if (size <= LARGEST) return;
  const remedy = name.toLowerCase().endsWith(".pdf") ? "xuất lại tệp PDF nhẹ hơn" : "nén ảnh trong Word, rồi lưu lại";
  const megabytes = (Math.ceil(size / 100_000) / 10).toFixed(1).replace(".", ",");
  throw new Error(`${name}: Tệp nặng ${megabytes} MB, tối đa 40,0 MB. Cách sửa: ${remedy}.`);
}

function read(file) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const reader = new FileReader();
  reader.onload = () => resolve({ name: file.name, content: reader.result.split(",")[1] ?? "" });
  reader.onerror = () => reject(new Error(`${file.name}: Không đọc được tệp. Cách sửa: đóng Word nếu đang mở tệp, rồi chọn lại tệp.`));
  reader.readAsDataURL(file);
  return promise;
}

// Sveltia reads the files when it starts.
function opened(report) {
  sessionStorage.setItem(REPORT, JSON.stringify(report));
  const [kind, ...rest] = report.path.replace(/\.md$/, "").split("/");
  location.hash = `#/collections/${kind}/entries/${rest.join("/")}`;
  location.reload();
}

// ── the report ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function showReport() {
  const known = sessionStorage.getItem(REPORT);
  if (!known) return;
  const { path, files, notes } = JSON.parse(known);
  const parts = Object.entries(NOTES).flatMap(([kind, title]) => {
    const lines = notes.filter((note) => note.kind === kind).map(({ words }) => element("li", { textContent: words }));
    return lines.length ? [element("h3", { textContent: title }), element("ul", {}, ...lines)] : [];
  });
  const written = [path, ...files].map((name) => `content/${name}`).join(", ");
  const box = element("details", { className: "cds-note cds-word-report", open: true },
    element("summary", { textContent: notes.length ? `Đã nhập tệp Word: ${notes.length} điều cần biết` : "Đã nhập tệp Word" }),
    element("p", { textContent: "Bài ở trạng thái nháp. Việc tiếp theo: xem các chỗ kể dưới đây, sửa trong bài rồi lưu." }),
    ...parts,
    element("p", { textContent: `Đã ghi: ${written}.` }),
    button("Đã xem xong", () => {
      sessionStorage.removeItem(REPORT);
      box.remove();
    }));
  document.body.append(box);
}
