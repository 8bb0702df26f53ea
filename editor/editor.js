// The web editor: Decap CMS with this site's own file format, previews and problems. Its configuration is made by the project's schema
// (chuyendoiso/authoring/web_editor_config.py); nothing of the form stands here.

import { registerBody } from "./body.js";
import { read, write } from "./front-matter.js";
import { Preview } from "./preview.js";
import { RESTORE, said, translated } from "./words.js";

const CMS = window.CMS;

const told = await (await fetch("config.json")).json();
CMS.registerCustomFormat("front-matter", "md", { fromFile: read, toFile: write });
registerBody();
CMS.registerPreviewStyle("site.css");
CMS.registerLocale("vi", translated(CMS.getLocale("vi"), told.config.publish_mode));
for (const collection of told.config.collections) CMS.registerPreviewTemplate(collection.name, Preview);
const confirm = window.confirm.bind(window);
// Decap would bring back unsaved text, and lose it: it is not offered; who leaves with unsaved text is asked first
window.confirm = (question) => !said(question).startsWith(RESTORE) && confirm(said(question));
CMS.init({ config: told.config });
if (told.events) watchProblems(told.events);

// Shows what keeps the preview on this machine from being built, below the form, until it is mended.
function watchProblems(address) {
  const box = document.body.appendChild(document.createElement("section"));
  box.className = "cds-problems";
  box.setAttribute("role", "status");
  box.hidden = true;
  new EventSource(address).onmessage = (event) => {
    const { problems } = JSON.parse(event.data);
    const list = document.createElement("ul");
    list.append(...problems.map((problem) => Object.assign(document.createElement("li"), { textContent: problem })));
    const heading = Object.assign(document.createElement("strong"), { textContent: "Trang xem trước chưa dựng được:" });
    box.replaceChildren(heading, list);
    box.hidden = !problems.length;
  };
}
