// Remembers whether text is to be larger; the switch itself works without this.

const box = document.getElementById("cds--larger");
const NAME = "cds-larger";

try {
  box.checked = localStorage.getItem(NAME) === "1";
  box.addEventListener("change", () => localStorage.setItem(NAME, box.checked ? "1" : "0"));
} catch {
  // a browser that keeps nothing
}
