// The preview beside the form. On this machine it is the site's own page of the unsaved text, with what is wrong in it
// (chuyendoiso/authoring/web_editor/draft_preview.py); a team's Git host shows it after a save.

import { textOf } from "./revisions.js";
import { post, token } from "./git-host.js";
import { BUILT } from "./problems.js";

const { createClass, h } = window;
const DELAY = 400; // milliseconds after the last letter

const known = new Map(); // address of a file of this page → its name in the content folder
let knownTo; // the server that has them

// A file that was chosen and is not saved yet has an address of this page alone: the server gets it, once, and another name for it.
async function withNewFiles(text) {
  if (knownTo !== token) known.clear();
  knownTo = token;
  for (const address of new Set(text.match(/blob:[^\s)"'\]]+/g))) {
    if (!known.has(address)) known.set(address, await passed(address));
    text = text.replaceAll(address, `/${known.get(address)}`);
  }
  return text;
}

async function passed(address) {
  const file = await (await fetch(address)).blob();
  const ending = { "image/jpeg": "jpg", "image/svg+xml": "svg" }[file.type] ?? file.type.split("/").pop().replace(/[^a-z0-9]/g, "");
  const path = `media/chua-luu/${address.split("/").pop()}.${ending}`;
  await post("preview/files", { path, content: await base64(file) });
  return path;
}

function base64(file) {
  const { promise, resolve } = Promise.withResolvers();
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.split(",")[1] ?? "");
  reader.readAsDataURL(file);
  return promise;
}

const choiceStyle = (chosen) => ({
  minHeight: "44px", padding: "0 .75rem", border: "1px solid #6b7280", borderRadius: "5px", font: "inherit", cursor: "pointer",
  background: chosen ? "#1d5fa8" : "ButtonFace", color: chosen ? "#fff" : "ButtonText",
});

const Page = createClass({
  getInitialState: () => ({ page: "", problems: [], message: "Đang tạo bản xem trước…", looks: false }),

  componentDidMount() {
    this.onBuilt = () => this.ask(true);
    window.addEventListener(BUILT, this.onBuilt);
    this.ask();
  },

  componentDidUpdate(before, { looks }) {
    if (before.entry !== this.props.entry) this.ask();
    if (looks !== this.state.looks) this.show();
  },

  componentWillUnmount() {
    window.removeEventListener(BUILT, this.onBuilt);
    clearTimeout(this.timer);
    this.gone = true;
  },

  // `built`: other files may have changed.
  ask(built) {
    if (built) this.text = undefined;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), DELAY);
  },

  // One request at a time: on a large site the server needs seconds for a page.
  async show() {
    if (this.busy || this.gone) return;
    const { entry } = this.props, { looks } = this.state, asked = token;
    const text = textOf(entry.get("data").toJS());
    if (text === this.text && looks === this.shown) return;
    this.busy = true;
    try {
      const response = await post("preview", { kind: entry.get("collection"), path: entry.get("path") ?? "", text: await withNewFiles(text), looks });
      const result = await response.json();
      if (asked === token) [this.text, this.shown] = [text, looks];
      if (!this.gone) this.setState(response.ok ? { message: "", problems: [], page: "", ...result } : { message: result.message });
    } catch (error) {
      if (error.name !== "TypeError") throw error; // a new file is gone: it has been saved since, and the text changes, too
    } finally {
      this.busy = false;
    }
    if (entry !== this.props.entry || looks !== this.state.looks || asked !== token) this.ask();
  },

  render() {
    const { page, problems, message, looks } = this.state;
    const choice = (words, value) => h("button", { type: "button", "aria-pressed": looks === value, onClick: () => this.setState({ looks: value }), style: choiceStyle(looks === value) }, words);
    const lines = problems.map(({ field, words }, at) => h("li", { key: at }, field && h("strong", {}, `${field}: `), words));
    return h("div", { style: { display: "flex", flexDirection: "column", height: "100vh", margin: "-8px", background: "Canvas", color: "CanvasText", colorScheme: "light dark", font: "1rem/1.5 system-ui, sans-serif" } },
      h("div", { role: "group", "aria-label": "Xem trước", style: { display: "flex", flexWrap: "wrap", gap: ".5rem", padding: ".5rem 1rem" } },
        choice("Trang", false), choice("Danh sách, chia sẻ, Zalo", true)),
      message && h("p", { role: "status", style: { padding: "0 1rem" } }, message),
      problems.length > 0 && h("details", { open: !page, style: { padding: ".5rem 1rem", background: "light-dark(#fff4e5, #3a2912)", maxHeight: "50vh", overflow: "auto" } },
        h("summary", {}, `Trong bài này: ${problems.length} chỗ cần sửa`), h("ul", {}, ...lines)),
      page && h("iframe", { title: looks ? "Bài trong danh sách, khi chia sẻ và trên Zalo" : "Trang như người đọc sẽ thấy", srcDoc: page, sandbox: "allow-same-origin", style: { flex: 1, border: 0, width: "100%" } }));
  },
});

const day = (text) => (text ?? "").replace(/^(\d{4})-(\d{2})-(\d{2}).*$/, "$3/$2/$1");

// For a team: roughly the page.
const Sketch = createClass({
  render() {
    const value = (...path) => this.props.entry.getIn(["data", ...path]);
    return h("main", { className: "cds-reading", style: { padding: "1rem 1.25rem" } },
      h("article", { className: "cds-article" },
        h("h1", { className: "cds-article__title" }, value("title") || "Chưa có tên"),
        value("date") && h("p", { className: "cds-article__meta" }, day(value("date"))),
        h("p", { className: "cds-article__summary" }, value("summary")),
        h("div", { className: "cds-body", style: { whiteSpace: "pre-wrap" } }, value("body"))));
  },
});

export const previewOf = (settings) => (settings.token ? Page : Sketch);
