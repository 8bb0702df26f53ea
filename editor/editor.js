// The web editor: Sveltia CMS with this site's own file format, previews and problems. Its configuration is made by the project's schema
// (chuyendoiso/authoring/web_editor/cms_config.py); nothing of the form is here.

import { connect } from "./git-host.js";
import { watchForms } from "./open-forms.js";
import { fromFile, toFile } from "./revisions.js";
import { showNote, showStartProblem, watchProblems } from "./problems.js";
import { offerWordImport } from "./word-import.js";

const YEAR = String(new Date().getFullYear());

// Sveltia reads these before it starts: who is signed in here, and how its interface is.
function prepareStorage(token) {
  const change = (name, values) => {
    let known = {};
    try {
      known = JSON.parse(localStorage.getItem(name) ?? "{}") ?? {};
    } catch {
      // a damaged value is replaced
    }
    localStorage.setItem(name, JSON.stringify({ ...known, ...values(known) }));
  };
  change("sveltia-cms.prefs", (known) => ({ locale: "vi", closeOnSave: known.closeOnSave ?? false, closeWithEscape: false, useDraftBackup: true }));
  if (token) change("sveltia-cms.user", () => ({ backendName: "gitea", token }));
}

// The folders of pictures by year are spelled out: Sveltia lists nothing for a pattern.
function withYear(config) {
  const spelled = (values) => ({
    ...values,
    media_folder: values.media_folder.replace("{{year}}", YEAR),
    public_folder: values.public_folder.replace("{{year}}", YEAR),
  });
  return { ...spelled(config), collections: config.collections.map(spelled) };
}

function withOrigin(config) {
  const absolute = (address) => new URL(address, location.href).href;
  const backend = { ...config.backend, base_url: absolute(config.backend.base_url), api_root: absolute(config.backend.api_root) };
  return { ...config, backend, site_url: absolute(config.site_url || "/") };
}

const MINUTE = 60_000;
const WRONG_CLOCK = "Đồng hồ của máy này sai, nên ngày đăng ghi sẵn và thư mục năm của bài mới cũng sai. Cách sửa: chỉnh lại ngày giờ của máy rồi tải lại trang.";

// Whether the clock differs from the server's, or is before the last commit. Both may be one machine's.
function isWrong(date, latest) {
  const server = Date.parse(date ?? "");
  return Math.abs(Date.now() - server) > 10 * MINUTE || Date.now() < Date.parse(latest ?? "") - 10 * MINUTE;
}

async function start() {
  const response = await fetch("config.json", { cache: "no-store" });
  const settings = await response.json();
  prepareStorage(settings.token);
  if (settings.token) connect(settings);
  const { default: CMS } = await import("./sveltia/npm/index.js");
  const { registerBody } = await import("./body.js");
  const { previewOf } = await import("./preview.js");
  CMS.registerCustomFormat("front-matter", "md", { fromFile, toFile });
  registerBody(CMS, settings);
  for (const collection of settings.config.collections) CMS.registerPreviewTemplate(collection.name, previewOf(settings));
  if (!settings.token) CMS.registerPreviewStyle("site.css");
  await CMS.init({ config: withOrigin(withYear(settings.config)) });
  watchForms();
  if (settings.events) watchProblems(settings.events);
  if (settings.token) offerWordImport(settings);
  if (isWrong(response.headers.get("date"), settings.latest)) showNote(WRONG_CLOCK);
  if (!settings.history) showNote("Thư mục này không nằm trong kho Git nào: bài vẫn lưu được, nhưng không có lịch sử để xem hay lấy lại bản cũ.");
}

start().catch(showStartProblem);
