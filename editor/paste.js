// What is pasted from Word, Excel or a web page, as Markdown. Looks are dropped; words, headings, lists, tables and links stay. What cannot
// stay is named, so that nobody finds out later.

import TurndownService from "./sveltia/packages/turndown/lib/turndown.browser.es.js";

const DROPPED = "style, script, meta, link, title, xml, o\\:p, [style*='mso-list:Ignore'], [style*='mso-list: Ignore']";
const NUMBERED = /^\s*(?:\d+|[a-z]|[ivx]+)[.)]/i;

const oneLine = (text) => text.replace(/\s+/g, " ").trim();

const listOf = (item) => (item?.getAttribute("style") ?? "").match(/mso-list:\s*(l\d+)/)?.[1];

// Word writes a list as paragraphs; consecutive ones of one list become a list.
function makeLists(body) {
  for (const first of body.querySelectorAll("p[style*='mso-list']")) {
    const name = listOf(first);
    if (!name || !first.isConnected || first.parentElement?.closest("li")) continue;
    const list = body.ownerDocument.createElement(NUMBERED.test(first.textContent) ? "ol" : "ul");
    first.before(list);
    for (let item = first; listOf(item) === name;) {
      const next = item.nextElementSibling;
      const line = list.appendChild(body.ownerDocument.createElement("li"));
      for (const sign of item.querySelectorAll("[style*='mso-list:Ignore'], [style*='mso-list: Ignore']")) sign.remove();
      line.append(...item.childNodes);
      item.remove();
      item = next;
    }
  }
}

const cellsOf = (row) => [...row.cells].flatMap((cell) => [oneLine(cell.textContent).replaceAll("|", "\\|"), ...Array(cell.colSpan - 1).fill("")]);

function table(element) {
  const rows = [...element.rows].map(cellsOf).filter((cells) => cells.some(Boolean));
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  const line = (cells) => `| ${[...cells, ...Array(width - cells.length).fill("")].join(" | ")} |`;
  return rows.length ? `\n\n${[line(rows[0]), `|${" --- |".repeat(width)}`, ...rows.slice(1).map(line)].join("\n")}\n\n` : "";
}

function converter() {
  const service = new TurndownService({ headingStyle: "atx", bulletListMarker: "-", emDelimiter: "*", hr: "---" });
  service.addRule("table", { filter: "table", replacement: (_, element) => table(element) });
  service.addRule("heading", { filter: ["h1", "h2"], replacement: (words) => `\n\n## ${oneLine(words)}\n\n` }); // the page's title is its h1
  service.addRule("picture", { filter: "img", replacement: () => "" });
  service.addRule("link", {
    filter: (element) => element.nodeName === "A" && !/^https?:|^mailto:|^tel:|^\//.test(element.getAttribute("href") ?? ""),
    replacement: (words) => words, // a bookmark of the document
  });
  return service;
}

// Return { text, lost }: Markdown, and what is missing in it.
export function toMarkdown(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const lost = [];
  const pictures = body.querySelectorAll("img").length;
  if (pictures) lost.push(`${pictures} ảnh (chèn lại bằng nút Ảnh)`);
  if (body.querySelector("td[colspan]:not([colspan='1']), td[rowspan]:not([rowspan='1'])")) lost.push("ô gộp trong bảng (xem lại từng hàng)");
  if (body.querySelector("table table")) lost.push("bảng nằm trong bảng");
  makeLists(body);
  for (const element of body.querySelectorAll(DROPPED)) element.remove();
  const text = converter().turndown(body).replace(/\u00a0/g, " ").replace(/^(\s*(?:-|\d+\.)) +/gm, "$1 ").replace(/\n{3,}/g, "\n\n").trim();
  return { text: text.normalize("NFC"), lost };
}

// Whether HTML says more than its text: a table, a list, a link …
export const isRich = (html) => /<(?:table|ul|ol|h[1-6]|a\s[^>]*href|b|strong|i|em|img)\b|mso-list/i.test(html);
