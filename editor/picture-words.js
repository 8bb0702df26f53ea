// The box that asks what pictures show, for those who cannot see them: all new pictures at once.

import { element } from "./dom.js";
import { descriptions } from "./git-host.js";

const plain = (words) => words.replace(/[\[\]\\\n]/g, " ").trim(); // as Markdown takes them

// A row: the picture, its name, and a field with what another item says of it.
async function row({ value, name, local }, at) {
  const known = local && value.startsWith("/media/") ? await descriptions(value) : [];
  const area = element("textarea", { id: `cds-picture-${at}`, rows: 2, value: known[0] ?? "" });
  const picture = element("img", { src: value, alt: "", onerror: () => picture.remove() });
  const others = known.length ? [element("p", { textContent: `Bài khác mô tả ảnh này: ${known.map((words) => `“${words}”`).join(", ")}.` })] : [];
  return element("li", {}, picture, element("div", {}, element("label", { htmlFor: area.id, textContent: name }), area, ...others));
}

// Return a description of each picture, { value, name, local }; "" of those that are left out, which the checks tell.
export async function describe(pictures) {
  const { promise, resolve } = Promise.withResolvers();
  const list = element("ol", { className: "cds-pictures" }, ...(await Promise.all(pictures.map(row))));
  const areas = [...list.querySelectorAll("textarea")];
  const dialog = document.body.appendChild(element("dialog", { className: "cds-conflict" },
    element("h2", { id: "cds-pictures-title", textContent: pictures.length > 1 ? `${pictures.length} ảnh cho thấy gì?` : "Ảnh cho thấy gì?" }),
    element("p", { textContent: "Mỗi ảnh một câu, cho người không nhìn được ảnh. Chưa nghĩ ra thì để trống: ảnh vẫn được chèn, trang sẽ nhắc." }),
    list,
    element("div", { className: "cds-conflict-buttons" }, element("button", { type: "button", textContent: "Chèn vào bài", onclick: () => dialog.close() }))));
  dialog.setAttribute("aria-labelledby", "cds-pictures-title");
  dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(areas.map((area) => plain(area.value)));
  });
  dialog.showModal();
  areas[0].focus();
  return promise;
}
