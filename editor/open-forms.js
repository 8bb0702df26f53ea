// Opens a group by its whole bar, and warns that an item's form is open in another tab: Sveltia has one backup of an item's unsaved text, which the last tab replaces.

import { showNote } from "./problems.js";

const FORM = /^#\/(collections\/[^/]+\/(?:new|entries\/[^?]+))/;
const WORDS = "Bài này đang mở ở một thẻ khác. Hai thẻ cùng viết một bài thì chữ chưa lưu của thẻ này có thể thay chữ chưa lưu của thẻ kia. Cách sửa: viết ở một thẻ, lưu và đóng thẻ còn lại.";

let current; // the form that is open here
let leave; // gives its lock back

function hold(name) {
  const left = new AbortController();
  leave = () => left.abort();
  const ended = new Promise((resolve) => left.signal.addEventListener("abort", resolve));
  navigator.locks.request(name, { ifAvailable: true }, (lock) => {
    if (lock) return ended;
    showNote(WORDS);
    navigator.locks.request(name, { signal: left.signal }, () => ended).catch(() => {}); // once the other tab is closed
  });
}

// A group of a list opens by a small sign; here by its bar, too.
function openByBars() {
  document.addEventListener("click", ({ target }) => {
    if (target.closest("button, a, input, textarea, select, label")) return;
    target.closest(".item > .header")?.querySelector("button[aria-expanded][aria-controls]")?.click();
  });
}

// Sveltia changes the address without an event.
export function watchForms() {
  openByBars();
  if (!navigator.locks) return;
  setInterval(() => {
    const name = FORM.exec(location.hash)?.[1];
    if (name === current) return;
    leave?.();
    [current, leave] = [name, undefined];
    if (name) hold(name);
  }, 500);
}
