// What is pasted from Word, Excel or a web page, as Markdown. Looks are dropped; words, headings, lists, tables and links stay. What cannot
// stay is named, so that nobody finds out later.

import TurndownService from "./sveltia/packages/turndown/lib/turndown.browser.es.js";

const DROPPED = "style, script, meta, link, title, xml, o\\:p, [style*='mso-list:Ignore'], [style*='mso-list: Ignore']";
const NUMBERED = /^\s*(?:\d+|[a-z]|[ivx]+)[.)]/i;

const oneLine = (text) => text.replace(/\s+/g, " ").trim();

const styleOf = (element) => element?.getAttribute("style") ?? "";
const listOf = (item) => styleOf(item).match(/mso-list:\s*(l\d+)/)?.[1];
const levelOf = (item) => Number(styleOf(item).match(/mso-list:\s*l\d+\s+level(\d+)/)?.[1] ?? 1);

// Word writes a list as paragraphs; consecutive ones of one list become a list, deeper levels lists within it.
function makeLists(body) {
  const made = (name) => body.ownerDocument.createElement(name);
  for (const first of body.querySelectorAll("p[style*='mso-list']")) {
    const name = listOf(first);
    if (!name || !first.isConnected || first.parentElement?.closest("li")) continue;
    const open = []; // a list for each level
    for (let item = first; listOf(item) === name;) {
      const next = item.nextElementSibling, level = levelOf(item);
      while (open.length && open.at(-1).level > level) open.pop();
      if (open.at(-1)?.level !== level) {
        const list = made(NUMBERED.test(item.textContent) ? "ol" : "ul"), within = open.at(-1)?.list.lastElementChild;
        if (within) within.append(list);
        else item.before(list);
        open.push({ level, list });
      }
      const line = open.at(-1).list.appendChild(made("li"));
      for (const sign of item.querySelectorAll("[style*='mso-list:Ignore'], [style*='mso-list: Ignore']")) sign.remove();
      line.append(...item.childNodes);
      item.remove();
      item = next;
    }
  }
}

// Google Docs writes bold in styles, and wraps everything in a <b> that is not bold.
function readStyles(body) {
  for (const element of body.querySelectorAll("b[style*='font-weight:normal'], b[style*='font-weight: normal']")) element.replaceWith(...element.childNodes);
  for (const element of body.querySelectorAll("span[style]")) {
    const bold = /font-weight:\s*(?:bold|[6-9]00)/.test(styleOf(element)), italic = /font-style:\s*italic/.test(styleOf(element));
    for (const name of [bold && "strong", italic && "em"].filter(Boolean)) {
      const inner = body.ownerDocument.createElement(name);
      inner.append(...element.childNodes);
      element.append(inner);
    }
  }
}

// A cell is one line: its paragraphs and line breaks become blanks.
function cellText(service, cell) {
  for (const end of cell.querySelectorAll("br, p, div, li")) end.after(" ");
  for (const line of cell.querySelectorAll("br")) line.remove();
  for (const block of cell.querySelectorAll("p, div, li, ul, ol")) block.replaceWith(...block.childNodes);
  return oneLine(service.turndown(cell.innerHTML.trim() || " ")).replaceAll("|", "\\|");
}

const cellsOf = (service, row) => [...row.cells].flatMap((cell) => [cellText(service, cell), ...Array(cell.colSpan - 1).fill("")]);

function table(service, element) {
  const rows = [...element.rows].map((row) => cellsOf(service, row)).filter((cells) => cells.some(Boolean));
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  const line = (cells) => `| ${[...cells, ...Array(width - cells.length).fill("")].join(" | ")} |`;
  return rows.length ? `\n\n${[line(rows[0]), `|${" --- |".repeat(width)}`, ...rows.slice(1).map(line)].join("\n")}\n\n` : "";
}

function converter() {
  const service = new TurndownService({ headingStyle: "atx", bulletListMarker: "-", emDelimiter: "*", hr: "---" });
  service.keep(["sup", "sub", "del", "ins", "s"]); // Markdown has no signs for them, the site shows them
  service.addRule("table", { filter: "table", replacement: (_, element) => table(service, element) });
  service.addRule("heading", { filter: ["h1", "h2"], replacement: (words) => `\n\n## ${oneLine(words)}\n\n` }); // the page's title is its h1
  service.addRule("picture", { filter: "img", replacement: () => "" });
  service.addRule("link", {
    filter: (element) => element.nodeName === "A" && !/^https?:|^mailto:|^tel:|^\//.test(element.getAttribute("href") ?? ""),
    replacement: (words) => words, // a bookmark of the document
  });
  return service;
}

// What Markdown of this site cannot have, or has otherwise; each with what to do.
const LOSSES = {
  "td[colspan]:not([colspan='1']), td[rowspan]:not([rowspan='1'])": "ô gộp trong bảng (xem lại từng hàng)",
  "table table": "bảng nằm trong bảng",
  "p[style*='level2'], p[style*='level3']": "chữ a), b) của danh sách con (nay là 1., 2.; xem lại số thứ tự)",
  "a[href^='#_ftn'], a[href^='#_edn']": "chú thích cuối trang (viết lại bằng [^1])",
  "iframe, video, audio, embed, object": "video, âm thanh hoặc khung nhúng (dán địa chỉ của nó)",
};

// Return { text, lost }: Markdown, and what is missing in it.
export function toMarkdown(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const lost = [];
  const pictures = body.querySelectorAll("img").length;
  if (pictures) lost.push(`${pictures} ảnh (chèn lại bằng nút Ảnh)`);
  for (const [selector, words] of Object.entries(LOSSES)) if (body.querySelector(selector)) lost.push(words);
  makeLists(body);
  readStyles(body);
  for (const element of body.querySelectorAll(DROPPED)) element.remove();
  const text = converter().turndown(body).replace(/\u00a0/g, " ").replace(/^(\s*(?:-|\d+\.)) +/gm, "$1 ").replace(/\n{3,}/g, "\n\n").trim();
  return { text: text.normalize("NFC"), lost };
}

// Whether HTML says more than its text: a table, a list, a link …
export const isRich = (html) => /<(?:table|ul|ol|h[1-6]|a\s[^>]*href|b|strong|i|em|img)\b|mso-list/i.test(html);
