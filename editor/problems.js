// What keeps the site on this machine from being built, below the form, until it is mended: by item, this one's first.

import { element } from "./dom.js";

export const BUILT = "cds-built"; // the event after each build

export function watchProblems(address) {
  const box = document.body.appendChild(element("details", { className: "cds-problems", hidden: true }));
  box.setAttribute("role", "status");
  let last;
  new EventSource(address).onmessage = ({ data }) => {
    const { version, problems, items } = JSON.parse(data);
    const isOpen = (item) => item.path !== "" && decodeURI(location.hash.split("?")[0]) === addressOf(item.path);
    const sorted = items.toSorted((one, other) => isOpen(other) - isOpen(one));
    const count = items.reduce((sum, item) => sum + item.lines.length, 0) || problems.length;
    const lists = items.length ? sorted.map((item) => section(item, isOpen(item))) : [element("p", { textContent: problems.join("\n") })];
    box.replaceChildren(element("summary", { textContent: `Trang xem trước chưa dựng được: ${count} chỗ cần sửa` }), ...lists);
    box.hidden = !problems.length;
    if (last !== undefined && last !== version) dispatchEvent(new Event(BUILT));
    last = version;
  };
}

export const addressOf = (path) => `#/collections/${path.replace("/", "/entries/").replace(/\.md$/, "")}`;

function section({ path, title, lines }, open) {
  const name = path && !open ? element("a", { href: addressOf(path), textContent: title }) : element("strong", { textContent: open ? `Bài đang mở: ${title}` : title });
  return element("section", {}, element("p", {}, name), element("ul", {}, ...lines.map((line) => element("li", { textContent: line }))));
}

export function showNote(words) {
  const note = element("aside", { className: "cds-note" }, element("p", { textContent: words }));
  note.append(element("button", { type: "button", textContent: "Đã hiểu", onclick: () => note.remove() }));
  document.body.append(note);
}

export function showStartProblem(error) {
  console.error(error);
  const words = "Không mở được trang biên tập. Cách sửa: xem cửa sổ lệnh còn chạy make editor không, rồi tải lại trang này.";
  document.body.append(element("p", { className: "cds-start-problem", role: "alert", textContent: words }));
}
