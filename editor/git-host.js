// Sveltia's requests to the project's own Git host (chuyendoiso/authoring/web_editor/git_api.py).
//
// Each has the token of the running server, so that a page outlives a restart of it. A save names the text that the form was made from; a
// conflict is asked about in a box of ours. Sveltia's own check of conflicts is left out: its cache is shared by all tabs, and hides
// what another tab has saved.

import { askAboutConflict } from "./conflict.js";
import { addressOf } from "./problems.js";
import { showRefusal } from "./refusal.js";
import { baseOf, noteSaved } from "./revisions.js";

const EDITING = /^#\/collections\/[^/]+\/(?:new|entries\/)/;
const STOPPED = "Máy chủ của trang biên tập đã dừng. Cách sửa: chạy lại make editor trong cửa sổ lệnh, rồi bấm Lưu lại; chữ đang viết vẫn còn trong trang này.";
const PAGE = Math.random().toString(36).slice(2); // makes hashes differ from those that another page has cached

let request; // the browser's fetch
let api; // the address of the Git host
export let token; // of the server that runs now
let head; // the state of the files that Sveltia knows
const written = new Map(); // path → text, of files that this page has saved
const sent = new Set(); // texts that this page has sent: the answer may have been lost

const json = (value, status = 200) => new Response(JSON.stringify(value), { status, headers: { "Content-Type": "application/json" } });

export function connect(settings) {
  request = window.fetch.bind(window);
  api = new URL(settings.config.backend.api_root, location.href).href;
  token = settings.token;
  window.fetch = async (resource, options = {}) => {
    const address = new URL(resource instanceof Request ? resource.url : resource, location.href).href;
    return address.startsWith(`${api}/`) ? answer(address, options) : request(resource, options);
  };
}

// Send a request with the token of the server that runs now.
export async function send(address, options = {}) {
  const attempt = () => {
    const headers = new Headers(options.headers);
    headers.set("Authorization", `token ${token}`);
    return request(address, { ...options, headers });
  };
  try {
    const response = await attempt();
    if (response.status !== 403) return response;
    token = (await (await request("config.json", { cache: "no-store" })).json()).token;
    return await attempt();
  } catch {
    return json({ message: STOPPED }, 503);
  }
}

export const post = (path, body) => send(`${api}/${path}`, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });

// Return the title and the path of every item.
export async function items() {
  const response = await send(`${api}/items`);
  return response.ok ? response.json() : [];
}

// Return how items describe a picture.
export async function descriptions(file) {
  const response = await send(`${api}/descriptions?file=${encodeURIComponent(file)}`);
  return response.ok ? response.json() : [];
}

async function answer(address, options) {
  const path = new URL(address).pathname;
  if (options.method === "POST" && path.endsWith("/contents")) return save(address, options);
  if (/\/branches\/[^/]+$/.test(path)) return state(address, options);
  if (/\/git\/trees\//.test(path)) return listed(await send(address, options));
  return send(address, options);
}

// While a form is open Sveltia hears of no change by others: the save compares.
async function state(address, options) {
  if (head && EDITING.test(location.hash)) return json({ commit: { id: head, message: "" } });
  const response = await send(address, options);
  if (response.ok) head = (await response.clone().json()).commit.id;
  return response;
}

async function listed(response) {
  if (!response.ok) return response;
  const { tree, truncated } = await response.json();
  return json({ tree: tree.map((file) => ({ ...file, sha: `${file.sha}.${PAGE}` })), truncated });
}

const textOf = (content) => new TextDecoder().decode(Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)));

function contentOf(text) {
  const bytes = new TextEncoder().encode(text);
  let letters = "";
  for (let at = 0; at < bytes.length; at += 32768) letters += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(letters);
}

// Return a file of a save with the text that it was made from.
function prepared(file) {
  const sha = file.sha?.split(".")[0];
  if (!file.path.endsWith(".md") || file.operation === "create") return { ...file, sha: undefined };
  const base = file.operation === "update" ? (baseOf(textOf(file.content)) ?? written.get(file.from_path ?? file.path)) : undefined;
  return { ...file, sha: base === undefined ? sha : undefined, base };
}

async function save(address, options) {
  const body = JSON.parse(options.body);
  const texts = body.files.map((file) => (file.path.endsWith(".md") && file.operation !== "delete" ? textOf(file.content) : undefined));
  let files = body.files.map(prepared);
  let merged = false;
  for (;;) {
    const response = await send(address, { ...options, body: JSON.stringify({ ...body, files }) });
    const result = await response.clone().json().catch(() => ({}));
    if (response.ok) return saved(result, files, texts, merged);
    if (files.some((file) => file.operation === "delete")) showRefusal("xóa", result);
    if (files.some((file) => file.from_path?.startsWith("media/")) && !("current" in result)) showRefusal("đổi tên", result);
    const at = files.findIndex((file) => (file.from_path ?? file.path) === result.path);
    if (at >= 0 && sent.has(result.current?.trim())) {
      files = files.with(at, { ...files[at], operation: "update", base: result.current, sha: undefined }); // this page's own version
      sent.delete(result.current.trim());
      continue;
    }
    for (const text of texts) if (text !== undefined && response.status === 503) sent.add(text.trim());
    if (response.status !== 409 || !("current" in result)) return response;
    const choice = await askAboutConflict({ ...result, base: files[at].base ?? "", mine: texts[at] });
    if (!choice) return json({ message: "Bạn chọn viết tiếp, nên bài chưa được lưu." }, 409);
    merged ||= choice.merged;
    const base = result.current === null ? undefined : result.current;
    const operation = result.current === null ? "create" : files[at].operation;
    files = files.with(at, { ...files[at], operation, base, sha: undefined, retain: true, content: contentOf(choice.text) });
  }
}

function saved(result, files, texts, merged) {
  head = result.commit.sha;
  for (const [at, text] of texts.entries()) {
    if (text === undefined) continue;
    written.set(files[at].path, text.trim());
    noteSaved(text);
  }
  const moved = result.files.find((file, at) => file && texts[at] !== undefined && file.path !== (files[at].from_path ?? files[at].path));
  if (moved) history.replaceState(null, "", addressOf(moved.path)); // Sveltia keeps the address that it opened
  if (moved) reload("Đã lưu. Bài có đường dẫn mới, đang mở lại…");
  else if (merged) reload("Đã lưu bản gộp. Đang mở lại bài…"); // the form has one of the two texts, the file both
  return json({ ...result, files: result.files.map((file) => file && { ...file, sha: `${file.sha}.${PAGE}` }) }, 201);
}

// Open the item anew. Meanwhile nothing can be typed, for it would be lost.
function reload(words) {
  const dialog = document.body.appendChild(document.createElement("dialog"));
  dialog.className = "cds-conflict";
  dialog.textContent = words;
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.showModal();
  setTimeout(() => location.reload(), 1000);
}
