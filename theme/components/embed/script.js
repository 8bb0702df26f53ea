// A broadcast: a click replaces its link by a frame; the link is then below the frame. Nothing of the other site is loaded before.
// Without this module the link opens the other site. In a list only one broadcast plays at a time.

for (const embed of document.querySelectorAll('[data-module="embed"]')) {
  const link = embed.querySelector("a");
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // the reader opens another window
    if (embed.querySelector("iframe")) return; // it is playing: follow the link
    event.preventDefault();
    if (embed.matches("li")) embed.parentElement.querySelectorAll("iframe").forEach(stop);
    play(embed.querySelector(".cds-embed__box") ?? link.parentElement, link);
  });
}

function stop(frame) {
  frame.parentElement.querySelector("a").classList.add("cds-button--main");
  frame.remove();
}

function play(box, link) {
  const frame = document.createElement("iframe");
  frame.className = "cds-embed__frame";
  frame.title = (box.querySelector(".cds-embed__title") ?? link).textContent.trim();
  frame.allow = "fullscreen; encrypted-media; picture-in-picture";
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.src = link.dataset.frame ?? link.href;
  link.classList.remove("cds-button--main");
  box.replaceWith(frame, link.parentElement);
  frame.focus();
}
