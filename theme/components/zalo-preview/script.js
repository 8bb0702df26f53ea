// The preview of the Zalo channel: shows the articles from the same files that are sent.

const place = document.querySelector('[data-module="zalo-preview"]');

function element(name, text, block) {
  const node = document.createElement(name);
  if (text) node.textContent = text;
  if (block) node.className = block;
  return node;
}

// Return the preview's address of a file of the site.
const here = (address, site) => new URL(address.slice(site.length), new URL(place.dataset.home, location));

function render(block, site) {
  if (block.type === "text") {
    const text = element("div", "", "cds-zalo-preview__text");
    text.innerHTML = block.content;
    return text;
  }
  if (block.type === "video") return element("p", `Video: ${block.url}`, "cds-zalo-preview__video");
  const figure = element("figure"), picture = element("img");
  picture.src = here(block.url, site);
  picture.alt = "";
  figure.append(picture, element("figcaption", block.caption));
  return figure;
}

async function article(item, site) {
  const { article: sent } = await (await fetch(here(item.article, site))).json();
  const node = element("article", "", "cds-zalo-preview__article"), cover = element("img"), whole = element("details");
  cover.alt = "";
  if (sent.cover) cover.src = here(sent.cover.photo_url, site);
  whole.append(element("summary", "Xem cả bài"), element("p", sent.author, "cds-zalo-preview__author"), ...sent.body.map((block) => render(block, site)));
  const counts = `Tên ${sent.title.length} ký tự, tóm tắt ${sent.description.length} ký tự.`;
  node.append(...(sent.cover ? [cover] : []), element("h2", sent.title), element("p", sent.description), element("p", counts, "cds-zalo-preview__counts"), whole);
  return node;
}

const list = await (await fetch(new URL("feeds/zalo.json", new URL(place.dataset.home, location)))).json();
place.replaceChildren(...(await Promise.all(list.items.map((item) => article(item, list.url)))));
if (!list.items.length) place.append(element("p", "Chưa có bài nào cho kênh Zalo."));
