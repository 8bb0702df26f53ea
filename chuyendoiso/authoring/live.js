// The preview's script: reloads the page after a build, and shows the problems that stopped one.
(() => {
  const shown = Number(document.currentScript.dataset.version);
  let panel = null;

  const show = (problems) => {
    panel?.remove();
    panel = null;
    if (!problems.length) return;
    panel = document.createElement("section");
    panel.setAttribute("role", "alert");
    panel.id = "cds-preview-problems";
    panel.style.cssText =
      "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;z-index:9999;padding:1rem;" +
      "background:#7a1218;color:#fff;font:1rem/1.6 system-ui,sans-serif;overflow-wrap:anywhere";
    const title = document.createElement("strong");
    title.textContent = `Chưa dựng được bản mới: ${problems.length} lỗi`;
    const list = document.createElement("ul");
    for (const problem of problems) {
      const line = document.createElement("li");
      line.textContent = problem;
      list.append(line);
    }
    panel.append(title, list);
    document.body.append(panel);
  };

  // A problem of the page that is open is shown beside the words that it is about, too.
  const SPOTS = "main :is(p, li, h2, h3, h4, td, th, dt, dd, figcaption)";
  const wordsOf = (text) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []);

  const place = (places) => {
    for (const old of document.querySelectorAll(".cds-preview-problem")) old.remove();
    for (const { page, words, problem } of places) {
      if (decodeURI(location.pathname) !== decodeURI(page)) continue;
      const wanted = wordsOf(words);
      const share = (spot) => [...wordsOf(spot.textContent)].filter((word) => wanted.has(word)).length / (wanted.size || 1);
      const spots = [...document.querySelectorAll(SPOTS)].map((spot) => [share(spot), spot]).sort(([one], [other]) => other - one);
      const spot = spots.length && spots[0][0] >= 0.6 ? spots[0][1] : document.querySelector("main h1");
      const note = document.createElement(spot?.matches("li, td, th, dt, dd") ? "div" : "p");
      note.className = "cds-preview-problem";
      note.setAttribute("role", "note");
      note.style.cssText = "margin:.5rem 0;padding:.5rem .75rem;background:#7a1218;color:#fff;font:1rem/1.6 system-ui,sans-serif;overflow-wrap:anywhere";
      note.textContent = problem;
      if (spot?.matches("li, td, th, dt, dd")) spot.append(note);
      else (spot ?? document.body).after(note);
    }
  };

  new EventSource("/_preview/events").onmessage = (event) => {
    const state = JSON.parse(event.data);
    if (!state.problems.length && state.version !== shown) location.reload();
    else {
      show(state.problems);
      place(state.places);
    }
  };
})();
