// The box that says why something was not deleted or renamed: Sveltia would leave the list as it was, and say nothing.

import { element } from "./dom.js";
import { addressOf } from "./problems.js";

// `what`: deleted or renamed, in Vietnamese; `used`: the files that items name, if that is the reason.
export function showRefusal(what, { message, used = [] }) {
  const dialog = document.body.appendChild(element("dialog", { className: "cds-conflict cds-refusal" }));
  const close = () => dialog.close();
  const lists = used.flatMap(({ file, items, more }) => [
    element("p", { textContent: `${file.split("/").at(-1)} đang được dùng ở:` }),
    element("ul", {},
      ...items.map(({ path, title }) => element("li", {}, element("a", { href: addressOf(path), textContent: title, onclick: close }))),
      ...(more ? [element("li", { textContent: `và ${more} bài khác` })] : [])),
  ]);
  const remedy = "Cách sửa: bỏ ảnh hay tệp ấy khỏi từng bài, lưu, rồi làm lại.";
  dialog.append(
    element("h2", { id: "cds-refusal-title", textContent: `Chưa ${what} được${used.length ? ": có bài đang dùng" : ""}` }),
    ...(used.length ? [...lists, element("p", { textContent: remedy })] : [element("p", { textContent: message ?? "" })]),
    element("div", { className: "cds-conflict-buttons" }, element("button", { type: "button", textContent: "Đã hiểu", onclick: close })));
  dialog.setAttribute("aria-labelledby", "cds-refusal-title");
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}
