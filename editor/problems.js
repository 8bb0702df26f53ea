// What keeps the site on this machine from being built, below the form, until it is mended.

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

export function watchProblems(address) {
  const box = document.body.appendChild(element("details", { className: "cds-problems", hidden: true }));
  box.setAttribute("role", "status");
  new EventSource(address).onmessage = (event) => {
    const { problems } = JSON.parse(event.data);
    const lines = problems.map((problem) => element("li", { textContent: problem }));
    box.replaceChildren(element("summary", { textContent: `Trang xem trước chưa dựng được: ${problems.length} chỗ cần sửa` }), element("ul", {}, ...lines));
    box.hidden = !problems.length;
  };
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
