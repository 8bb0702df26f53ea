// The field for a body: Markdown as it is, with buttons that write its signs. A visual mode writes the whole body anew and loses footnotes,
// definition lists and the alignment of tables; here what an editor did not touch stays as it is.

import { chooseItem, expectFolders, pathTo } from "./item-links.js";
import { isRich, toMarkdown } from "./paste.js";
import { describe } from "./picture-words.js";

const { createClass, h } = window; // Sveltia's

// Each button puts something round what is selected, or before each of its lines; `words` stand in where nothing is selected.
const BUTTONS = [
  { label: "Tiêu đề", line: "## ", words: "Tiêu đề" },
  { label: "Đậm", round: ["**", "**"], words: "chữ đậm" },
  { label: "Nghiêng", round: ["*", "*"], words: "chữ nghiêng" },
  { label: "Danh sách", line: "- ", words: "mục" },
  { label: "Đánh số", line: "1. ", words: "mục" },
  { label: "Trích dẫn", line: "> ", words: "lời trích" },
  { label: "Bảng", block: "| Cột một | Cột hai |\n| --- | --- |\n| | |\n" },
  { label: "Bài khác", item: true },
  { label: "Liên kết", round: ["[", "](https://)"], words: "chữ của liên kết" },
  { label: "Ảnh", media: true, image: true },
  { label: "Tệp", media: true, image: false },
];

let shown = BUTTONS;
let local = false; // there is a local server to ask
const FILES = ".pdf,.docx,.xlsx,.pptx,.odt,.ods";

const byName = new Intl.Collator("vi", { numeric: true });
const nameOf = ({ value, file }) => file?.name ?? value.split("/").pop();

export const BodyControl = createClass({
  getInitialState: () => ({ waiting: "", note: "" }),

  replace(change) {
    const area = this.area, { selectionStart: start, selectionEnd: end, value } = area;
    const text = change(value.slice(start, end));
    area.focus();
    area.setRangeText(text, start, end, "select");
    this.props.onChange(area.value);
  },

  // Write, and go on after it.
  add(change) {
    this.replace(change);
    this.area.setSelectionRange(this.area.selectionEnd, this.area.selectionEnd);
  },

  // What parts a paragraph from what stands before it.
  gap() {
    const before = this.area.value.slice(0, this.area.selectionStart);
    return !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  },

  async press({ line, round, words, media, image, block, item }) {
    if (media) return this.pick(image);
    if (item) return this.link();
    if (block) return this.add(() => this.gap() + block);
    if (round) this.replace((chosen) => round[0] + (chosen || words) + round[1]);
    else this.replace((chosen) => this.gap() + (chosen || words).split("\n").map((one) => line + one).join("\n"));
  },

  // To another item, found by its title.
  async link() {
    const { selectionStart, selectionEnd } = this.area;
    const found = await chooseItem();
    this.area.setSelectionRange(selectionStart, selectionEnd);
    if (found) this.add((chosen) => `[${chosen || found.title.replace(/[\[\]]/g, "")}](${pathTo(found.path, this.props.entry)})`);
  },

  // A photograph takes seconds to be made small: meanwhile the place where it goes stays.
  async pick(image) {
    const { selectionStart, selectionEnd } = this.area;
    const options = image ? { kind: "image", accept: "image/*,.heic,.heif" } : { kind: "file", accept: FILES };
    this.setState({ waiting: image ? "Đang thêm ảnh…" : "Đang thêm tệp…" });
    try {
      const picked = await this.props.pickFile({ ...options, multiple: image, allowURL: false });
      this.area.setSelectionRange(selectionStart, selectionEnd);
      // new ones come in the order in which they were made small
      const files = [picked].flat().filter(Boolean).sort((one, other) => byName.compare(nameOf(one), nameOf(other)));
      await this.insert(files, image);
    } catch (error) {
      window.alert(`Chưa thêm được tệp: ${error.message}`);
    } finally {
      this.setState({ waiting: "" });
    }
  },

  // From Word, Excel or a web page: Markdown, and pictures of the clipboard as files to be saved.
  async paste(event) {
    const { files, items } = event.clipboardData;
    const html = event.clipboardData.getData("text/html");
    const pictures = [...files].filter((file) => file.type.startsWith("image/"));
    if (html && isRich(html)) {
      event.preventDefault();
      const { text, lost } = toMarkdown(html);
      this.add(() => text);
      this.setState({ note: lost.length ? `Đã dán. Chưa giữ được: ${lost.join("; ")}.` : "" });
    } else if (pictures.length && !items[0]?.type.startsWith("text/")) {
      event.preventDefault();
      const added = [];
      for (const file of pictures) added.push({ value: await this.props.addFile(file), file });
      await this.insert(added, true);
    }
  },

  // A file that is new has an address of this page until it is saved.
  async insert(files, image) {
    const { selectionStart: start, selectionEnd: end } = this.area, first = files[0];
    if (!first) return;
    const asks = image && (start === end || files.length > 1);
    const words = asks ? await describe(files.map((file) => ({ ...file, name: nameOf(file), local }))) : [];
    this.area.setSelectionRange(start, end);
    for (const [at, file] of files.entries()) image ? this.insertPicture(file, words[at]) : this.insertFile(file);
  },

  insertPicture({ value }, words = "") {
    const after = this.area.value.slice(this.area.selectionEnd);
    const end = !after || after.startsWith("\n") ? "\n" : "\n\n";
    this.add((chosen) => `${this.gap()}![${words || chosen}](${value})${end}`);
  },

  insertFile(file) {
    const glued = /\S$/.test(this.area.value.slice(0, this.area.selectionStart));
    this.add((chosen) => `${glued ? " " : ""}[${chosen || nameOf(file)}](${file.value})`);
  },

  render() {
    const { forID, value, onChange } = this.props, { waiting, note } = this.state;
    return h("div", { className: "cds-body" },
      h("div", { className: "cds-buttons", role: "toolbar", "aria-label": "Định dạng thân bài" },
        shown.map((button) => h("button", { key: button.label, type: "button", disabled: Boolean(waiting), onClick: () => this.press(button) }, button.label))),
      h("p", { role: "status", className: "cds-waiting" }, waiting || note),
      h("textarea", {
        id: forID, className: "cds-body-text", ref: (area) => { this.area = area; }, value: value ?? "", spellCheck: false, readOnly: Boolean(waiting),
        onPaste: (event) => this.paste(event),
        "aria-label": "Thân bài", onChange: (event) => onChange(event.target.value),
      }));
  },
});

export function registerBody(CMS, { token, config }) {
  local = Boolean(token);
  shown = BUTTONS.filter((button) => token || !button.item); // the list of items is the local server's
  expectFolders(config.collections);
  CMS.registerFieldType("body", BodyControl);
}
