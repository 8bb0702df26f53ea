// A word of the glossary shows what it means right after itself. Without this module it leads to the list under the article.

for (const word of document.querySelectorAll(".cds-term")) {
  word.setAttribute("aria-expanded", "false");
  word.addEventListener("click", (event) => {
    event.preventDefault();
    const shown = word.getAttribute("aria-expanded") === "true";
    word.setAttribute("aria-expanded", String(!shown));
    if (shown) return word.nextElementSibling.remove();
    const note = document.createElement("span");
    note.className = "cds-term__note";
    note.setAttribute("role", "note");
    note.textContent = document.querySelector(`${word.hash} dd`).firstChild.textContent.trim();
    word.after(note);
  });
}
