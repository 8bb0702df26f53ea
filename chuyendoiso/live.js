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

  new EventSource("/_preview/events").onmessage = (event) => {
    const state = JSON.parse(event.data);
    if (!state.problems.length && state.version !== shown) location.reload();
    else show(state.problems);
  };
})();
