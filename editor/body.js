// The field for a body: Markdown as it is, with buttons that write its signs. A visual mode writes the whole body anew and loses footnotes,
// definition lists and the alignment of tables; here what an editor did not touch stays as it is.

import { chooseItem, expectFolders, pathTo } from "./item-links.js";
import { gapAfter, gapBefore, lines, link, round, table } from "./markdown-signs.js";
import { isRich, toMarkdown } from "./paste.js";
import { describe } from "./picture-words.js";

const { createClass, h } = window; // Sveltia's

const LIST = /^(?:[-*+]|\d+\.) +/;

// `words` stand in where nothing is selected; `instead` is what a line's sign replaces, and `same` the lines that it needs no blank line from.
const BUTTONS = [
  { label: "Tiêu đề", edit: lines, sign: "## ", instead: /^(?:#+|[-*+]|\d+\.) +/, same: /^$/, words: "Tiêu đề" },
  { label: "Đậm", edit: round, round: ["**", "**"], words: "chữ đậm" },
  { label: "Nghiêng", edit: round, round: ["*", "*"], words: "chữ nghiêng" },
  { label: "Danh sách", edit: lines, sign: "- ", instead: LIST, same: /^\s*(?:[-*+]|\d+\.) /, words: "mục" },
  { label: "Đánh số", edit: lines, sign: "1. ", instead: LIST, same: /^\s*(?:[-*+]|\d+\.) /, words: "mục" },
  { label: "Trích dẫn", edit: lines, sign: "> ", instead: /^> */, same: /^>/, words: "lời trích" },
  { label: "Bảng", edit: table },
  { label: "Bài khác", item: true },
  { label: "Liên kết", edit: link, words: "chữ của liên kết" },
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

  // The field has its own text: if it were set at each letter, the cursor, a letter that is being composed and what can be undone would
  // be lost. A value that it has not passed on is from outside: unsaved text is restored, changes are taken back.
  componentDidMount() {
    this.passed = [];
    this.area.value = this.props.value ?? "";
  },

  componentDidUpdate(before) {
    if (before.value === this.props.value) return;
    const value = this.props.value ?? "", at = this.passed.lastIndexOf(value);
    this.passed.splice(0, at);
    if (at >= 0 || value.trim() === this.area.value.trim()) return;
    if (document.activeElement === this.area) this.pass(); // a save returns what it saved: what is typed meanwhile is newer
    else this.area.value = value;
  },

  pass() {
    this.passed.push(this.area.value);
    this.props.onChange(this.area.value);
  },

  // Replace the text from `start` to `end`, so that it can be undone, and select some of it or go on after it.
  write(text, start, end, from = start + text.length, to = from) {
    const area = this.area;
    area.readOnly = false; // it is while a file is added
    area.focus();
    area.setSelectionRange(start, end);
    if (!document.execCommand(text ? "insertText" : "delete", false, text)) area.setRangeText(text);
    area.setSelectionRange(from, to);
    this.pass();
  },

  add(change) {
    const { selectionStart: start, selectionEnd: end, value } = this.area;
    this.write(change(value.slice(start, end)), start, end);
  },

  gap() {
    return gapAfter(this.area.value.slice(0, this.area.selectionStart));
  },

  async press(button) {
    if (button.media) return this.pick(button.image);
    if (button.item) return this.link();
    const { value, selectionStart, selectionEnd } = this.area, { note = "", text, start, end, from, to } = button.edit(value, selectionStart, selectionEnd, button);
    this.setState({ note });
    if (!note) this.write(text, start, end, from, to);
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
      const { text, lost } = toMarkdown(html), rest = this.area.value.slice(this.area.selectionEnd);
      const isBlock = /\n|^(?:#+ |[-*+] |\d+\. |> |\|)/.test(text);
      this.add(() => (isBlock ? this.gap() + text + gapBefore(rest) : text));
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
    const before = this.area.value.slice(0, this.area.selectionStart), line = before.split("\n").at(-1);
    const space = line.startsWith("![") ? this.gap() : /\S$/.test(before) ? " " : ""; // a picture stands alone
    this.add((chosen) => `${space}[${chosen || nameOf(file)}](${file.value})`);
  },

  render() {
    const { forID } = this.props, { waiting, note } = this.state;
    return h("div", { className: "cds-body" },
      h("div", { className: "cds-buttons", role: "toolbar", "aria-label": "Định dạng thân bài" },
        shown.map((button) => h("button", { key: button.label, type: "button", disabled: Boolean(waiting), onClick: () => this.press(button) }, button.label))),
      h("p", { role: "status", className: "cds-waiting" }, waiting || note),
      h("textarea", {
        id: forID, className: "cds-body-text", ref: (area) => { this.area = area; }, spellCheck: false, readOnly: Boolean(waiting),
        onPaste: (event) => this.paste(event),
        "aria-label": "Thân bài", onChange: () => this.pass(),
      }));
  },
});

export function registerBody(CMS, { token, config }) {
  local = Boolean(token);
  shown = BUTTONS.filter((button) => token || !button.item); // the list of items is the local server's
  expectFolders(config.collections);
  CMS.registerFieldType("body", BodyControl);
}
