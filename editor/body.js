// The field for a body: Markdown as it is, with buttons that write its signs. The visual mode of Decap writes the whole body anew and loses
// footnotes and definition lists; here what an editor did not touch stays as it is.

const { CMS, createClass, h } = window;

// Each button puts something round what is selected, or before each of its lines; `words` stand in where nothing is selected.
const BUTTONS = [
  { label: "Tiêu đề", line: "## ", words: "Tiêu đề" },
  { label: "Đậm", round: ["**", "**"], words: "chữ đậm" },
  { label: "Nghiêng", round: ["*", "*"], words: "chữ nghiêng" },
  { label: "Danh sách", line: "- ", words: "mục" },
  { label: "Đánh số", line: "1. ", words: "mục" },
  { label: "Trích dẫn", line: "> ", words: "lời trích" },
  { label: "Liên kết", round: ["[", "](https://)"], words: "chữ của liên kết" },
  { label: "Ảnh", media: true, image: true },
  { label: "Tệp", media: true, image: false },
];

// What a picture shows, for those who cannot see it; without it the checks tell that it is missing.
const described = () => (window.prompt("Ảnh cho thấy gì? Một câu cho người không nhìn được ảnh:") ?? "").replace(/[\[\]\\\n]/g, " ").trim();

export const BodyControl = createClass({
  getInitialState() {
    this.controlId = `body-${Math.random().toString(36).slice(2)}`;
    return { image: true };
  },

  shouldComponentUpdate: () => true, // else only a new value counts, and a file that was chosen is not heard of

  componentDidUpdate(before) {
    const path = this.props.mediaPaths.get(this.controlId);
    if (!path || path === before.mediaPaths.get(this.controlId)) return;
    const file = typeof path === "string" ? path : (path.path ?? path[0]);
    if (this.state.image) this.replace((words) => `${this.gap()}![${words || described()}](${file})\n`);
    else this.replace((words) => `[${words || file.split("/").pop()}](${file})`);
    this.props.onRemoveInsertedMedia(this.controlId);
  },

  componentWillUnmount() {
    this.props.onRemoveMediaControl(this.controlId);
  },

  replace(change) {
    const area = this.area, { selectionStart: start, selectionEnd: end, value } = area;
    const text = change(value.slice(start, end));
    area.focus();
    area.setRangeText(text, start, end, "select");
    this.props.onChange(area.value);
  },

  // What parts a paragraph from what stands before it.
  gap() {
    const before = this.area.value.slice(0, this.area.selectionStart);
    return !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  },

  press({ line, round, words, media, image }) {
    if (media) {
      this.setState({ image });
      this.props.onOpenMediaLibrary({ controlID: this.controlId, forImage: image, allowMultiple: false, field: this.props.field });
    } else if (round) this.replace((chosen) => round[0] + (chosen || words) + round[1]);
    else this.replace((chosen) => this.gap() + (chosen || words).split("\n").map((one) => line + one).join("\n"));
  },

  render() {
    const { forID, value, onChange, classNameWrapper, setActiveStyle, setInactiveStyle } = this.props;
    return h("div", { className: classNameWrapper },
      h("div", { className: "cds-buttons", role: "toolbar", "aria-label": "Định dạng thân bài" },
        BUTTONS.map((button) => h("button", { key: button.label, type: "button", onClick: () => this.press(button) }, button.label))),
      h("textarea", {
        id: forID, className: "cds-body-text", ref: (area) => { this.area = area; }, value: value ?? "", spellCheck: false,
        onChange: (event) => onChange(event.target.value), onFocus: setActiveStyle, onBlur: setInactiveStyle,
      }));
  },
});

export const registerBody = () => CMS.registerWidget("body", BodyControl, CMS.getWidget("markdown").preview);
