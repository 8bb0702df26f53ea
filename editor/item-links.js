// A box that finds an item by its title, and the address of its file from another one.

import { element } from "./dom.js";
import { items } from "./git-host.js";

const SHOWN = 50;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

// Return { title, path }; undefined if none is chosen.
export async function chooseItem() {
  const { promise, resolve } = Promise.withResolvers();
  const search = element("input", { type: "search", id: "cds-item-search", autocomplete: "off" });
  const list = element("ul", { className: "cds-items" });
  const close = element("button", { type: "button", textContent: "Thôi", onclick: () => dialog.close() });
  const label = element("label", { htmlFor: "cds-item-search", textContent: "Liên kết tới bài nào? Gõ vài chữ trong tên, có dấu hay không đều được." });
  const dialog = document.body.appendChild(element("dialog", { className: "cds-conflict cds-item-box" }, label, search, list, close));
  dialog.setAttribute("aria-label", "Chọn bài để liên kết");
  dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(undefined);
  });
  const choose = (item) => {
    resolve(item);
    dialog.close();
  };
  dialog.showModal();
  const known = await items();
  const show = () => {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    const found = known.filter((item) => words.every((word) => plain(item.title).includes(word))).slice(0, SHOWN);
    list.replaceChildren(...found.map((item) => element("li", {}, element("button", { type: "button", textContent: item.title, onclick: () => choose(item) }))));
    if (!found.length) list.append(element("li", { textContent: "Không có bài nào. Thử ít chữ hơn." }));
  };
  search.addEventListener("input", show);
  show();
  return promise;
}

let folders = new Map(); // kind → the folder of its new files, of parts

export function expectFolders(collections) {
  folders = new Map(collections.map(({ name, path }) => [name, path ? [name, String(new Date().getFullYear())] : [name]]));
}

// Return the address of an item's file from the file that is written.
export function pathTo(path, entry) {
  const own = entry?.get("path");
  const folder = own ? own.split("/").slice(0, -1) : (folders.get(entry?.get("collection")) ?? []);
  const target = path.split("/");
  let common = 0;
  while (common < folder.length && common < target.length - 1 && folder[common] === target[common]) common += 1;
  return [...folder.slice(common).map(() => ".."), ...target.slice(common)].join("/");
}
