// Show the meaning of a glossary term right after it. Without this module the term links to the list below the article.

for (const word of document.querySelectorAll(".cds-term")) {
  word.setAttribute("aria-expanded", "false");
  word.addEventListener("click", (event) => {
    event.preventDefault();
    const open = word.getAttribute("aria-expanded") === "true";
    word.setAttribute("aria-expanded", String(!open));
    if (open) return word.nextElementSibling.remove();
    const note = document.createElement("span");
    note.className = "cds-term__note";
    note.setAttribute("role", "note");
    note.textContent = document.querySelector(`${word.hash} dd`).firstChild.textContent.trim();
    word.after(note);
  });
}
