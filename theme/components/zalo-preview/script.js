// The preview of the Zalo channel: shows what would be sent of each item, from the very files that are sent.

const place = document.querySelector('[data-module="zalo-preview"]');

function element(name, text, block) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (block) made.className = block;
  return made;
}

// Return the address of a file of the site here, in the preview, whatever address it is to have.
const here = (address, site) => new URL(address.slice(site.length), new URL(place.dataset.home, location));

function shown(block, site) {
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

async function article(one, site) {
  const { article: sent } = await (await fetch(here(one.article, site))).json();
  const made = element("article", "", "cds-zalo-preview__article"), cover = element("img"), whole = element("details");
  cover.alt = "";
  if (sent.cover) cover.src = here(sent.cover.photo_url, site);
  whole.append(element("summary", "Xem cả bài"), element("p", sent.author, "cds-zalo-preview__author"), ...sent.body.map((block) => shown(block, site)));
  const counts = `Tên ${sent.title.length} ký tự, tóm tắt ${sent.description.length} ký tự.`;
  made.append(...(sent.cover ? [cover] : []), element("h2", sent.title), element("p", sent.description), element("p", counts, "cds-zalo-preview__counts"), whole);
  return made;
}

const list = await (await fetch(new URL("feeds/zalo.json", new URL(place.dataset.home, location)))).json();
place.replaceChildren(...(await Promise.all(list.items.map((one) => article(one, list.url)))));
if (!list.items.length) place.append(element("p", "Chưa có bài nào cho kênh Zalo."));
