// The box that asks what to do if a file was changed elsewhere while its form was open. Nothing is lost, whatever is chosen: the server
// commits a version that is in no commit before it is replaced.

import { element } from "./dom.js";
import { post } from "./git-host.js";

const button = (words, onclick) => element("button", { type: "button", textContent: words, onclick });

// Return { text, merged }: what to save; undefined if the person wants to go on writing.
export function askAboutConflict({ path, current, base, mine }) {
  const deleted = current === null;
  const { promise, resolve } = Promise.withResolvers();
  const dialog = document.body.appendChild(element("dialog", { className: "cds-conflict" }));
  const details = element("div", { className: "cds-conflict-details" });
  const close = (choice) => {
    dialog.close();
    dialog.remove();
    resolve(choice);
  };
  const title = /^title:[ ]*["']?(.+?)["']?$/m.exec(mine)?.[1], name = title ? `Bài “${title}”` : `Tệp ${path}`;
  const reason = deleted
    ? `${name} đã bị xóa hoặc đổi tên ở chỗ khác (thẻ khác, máy khác, hay VS Code) sau khi bạn mở bài.`
    : `${name} đã được sửa ở chỗ khác (thẻ khác, máy khác, hay VS Code) sau khi bạn mở bài. Chưa có gì bị ghi đè.`;
  dialog.setAttribute("aria-labelledby", "cds-conflict-title");
  dialog.append(
    element("h2", { id: "cds-conflict-title", textContent: deleted ? "Bài này không còn ở chỗ cũ" : "Bài này vừa có bản khác" }),
    element("p", { textContent: reason }),
    element("div", { className: "cds-conflict-buttons" },
      !deleted && button("Xem bản kia", () => details.replaceChildren(...other(mine, current))),
      !deleted && button("Gộp hai bản", async () => details.replaceChildren(...(await merging({ base, mine, current }, close)))),
      button(deleted ? "Lưu lại thành bài mới" : "Ghi đè bằng bản của tôi", () => close({ text: mine, merged: false })),
      button("Quay lại viết tiếp", () => close(undefined))),
    details,
  );
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close(undefined);
  });
  dialog.showModal();
  return promise;
}

// The other version; its lines that mine has not are marked.
function other(mine, current) {
  const known = new Set(mine.split("\n"));
  const lines = current.split("\n").map((line) => element(known.has(line) ? "span" : "mark", { textContent: `${line}\n` }));
  return [element("p", { textContent: "Bản kia (chỗ tô màu là chỗ khác với bản của bạn):" }), element("pre", { tabIndex: 0 }, ...lines)];
}

async function merging({ base, mine, current }, close) {
  const response = await post("merge", { base, mine, theirs: current });
  const result = await response.json();
  if (!response.ok) return [element("p", { role: "alert", textContent: result.message })];
  const area = element("textarea", { id: "cds-merged", value: result.text, spellcheck: false, rows: 16 });
  const both = result.conflicts.map(({ mine: ours, theirs }) => element("li", {}, "Bản của bạn: ", element("pre", { textContent: ours || "(bỏ)" }), "Bản kia: ", element("pre", { textContent: theirs || "(bỏ)" })));
  const words = both.length
    ? `Có ${both.length} chỗ cả hai bản cùng sửa: bản gộp đang giữ chữ của bạn. Xem từng chỗ ở dưới, sửa lại nếu cần, rồi lưu.`
    : "Đã gộp được phần sửa của cả hai bản. Xem lại rồi lưu.";
  return [
    element("label", { htmlFor: "cds-merged", textContent: words }),
    area,
    button("Lưu bản gộp", () => close({ text: `${area.value.trim()}\n`, merged: true })),
    both.length ? element("ol", {}, ...both) : "",
  ];
}
