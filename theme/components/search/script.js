// The search page: a worker (search-worker.js) searches, with or without marks, and this module shows its results. Without this module the
// page lists topics, kinds and months.

const form = document.querySelector('[data-module="search"]');
const status = document.querySelector("[data-search-status]");
const list = document.querySelector("[data-search-results]");
const answers = document.querySelector("[data-search-answers]");
const browse = document.querySelector("[data-search-browse]");
const more = document.querySelector("[data-search-more]");
const FILTERS = { loai: "kind", "chu-de": "topic", nam: "year", "co-quan": "issuer", "loai-van-ban": "type", "hieu-luc": "validity", "hoi-nghi": "session" };

// ── the worker ──

let worker, questions = 0;
const waiting = new Map(); // number of a query → the functions that resolve and reject its promise

function ready() {
  if (worker) return worker;
  worker = new Worker(form.dataset.worker);
  worker.onmessage = ({ data: { id, reply, error } }) => settle(id, reply, error);
  worker.onerror = () => {
    worker.terminate();
    worker = undefined; // the next query starts another
    for (const id of waiting.keys()) settle(id, null, form.dataset.worker);
  };
  worker.postMessage({ base: new URL(form.dataset.base, location).href });
  return worker;
}

function settle(id, reply, error) {
  const [resolve, reject] = waiting.get(id);
  waiting.delete(id);
  if (reply) resolve(reply);
  else reject(new Error(error));
}

// Return how many items match a query, whether they have all its words, and the results that begin at `from`.
function ask(query, facets, from) {
  return new Promise((...done) => {
    waiting.set(++questions, done);
    ready().postMessage({ id: questions, query, facets, from });
  });
}

// ── results ──

function element(name, block, ...inner) {
  const node = document.createElement(name);
  if (block) node.className = block;
  node.append(...inner);
  return node;
}

// Return the nodes of a text in pieces; pieces in arrays are marked.
const marked = (pieces) => pieces.map((piece) => (Array.isArray(piece) ? element("mark", "", ...piece) : piece));

function result({ href, kind, number, date, state, title, passage }) {
  const link = element("a", "cds-teaser__link", ...marked(title));
  link.href = href;
  const meta = element("p", "cds-teaser__meta", element("span", "", kind));
  if (number) meta.append(" ", element("span", "cds-teaser__number", number));
  if (date) meta.append(" ", element("span", "", date));
  if (state) meta.append(" ", element("span", "cds-teaser__topic", state));
  const text = element("div", "cds-teaser__text", meta, element("h2", "cds-teaser__title", link));
  text.append(element("p", "cds-teaser__passage", ...marked(passage)));
  return element("li", "cds-teaser", text);
}

function passage({ href, title, kind, date, state, heading, words }) {
  const link = element("a", "", heading && heading !== title ? `${title}: ${heading}` : title);
  link.href = href;
  const meta = element("p", "cds-teaser__meta", [kind, date, state].filter(Boolean).join(" · "));
  return element("li", "cds-answers__item", element("p", "cds-answers__words", words), element("p", "", link), meta);
}

// Show the passages that answer; or that there is no answer, and whom to ask.
function reply(verdict, passages) {
  answers.hidden = verdict === "list" || verdict === "related";
  answers.dataset.verdict = verdict;
  answers.querySelector("ol").replaceChildren(...passages.map(passage));
}

// ── the page ──

const FAILED = "Chưa tìm được vì không tải được dữ liệu. Hãy kiểm tra mạng";
const SOON = 300; // milliseconds; a browser counts what moves half a second after a touch as the page's own doing
let turn = 0;

function asked() {
  const query = form.elements.q.value.trim();
  const facets = Object.entries(FILTERS).map(([name, facet]) => [facet, form.elements[name]?.value]);
  return { query, facets: facets.filter(([, value]) => value).map(([facet, value]) => `${facet}:${value}`) };
}

// Show the results of the form's query; `remember` is called before they are shown, or when they are late.
async function show(remember = () => {}) {
  const { query, facets } = asked(), mine = ++turn;
  const slow = setTimeout(() => {
    if (mine !== turn) return;
    remember();
    wait();
  }, SOON); // until then the old results stay: the page is laid out once
  try {
    if (!query && !facets.length) return tell("");
    const { count: all, whole, mended, verdict, answers: passages, results } = await ask(query, facets, 0);
    if (mine !== turn) return;
    remember();
    const suffix = query ? ` cho “${query}”` : "", count = String(all).replace(/\B(?=(\d{3})+$)/g, ".");
    if (!all) {
      tell(`Không tìm thấy gì${suffix}. Hãy thử ít chữ hơn, bỏ bớt bộ lọc, hoặc xem theo chủ đề ở dưới.`);
      return reply(verdict, []);
    }
    const meant = mended ? `Tìm theo: “${mended}”. ` : "";
    const near = `Không có bài nào chứa đủ các từ “${query}”. Dưới đây là ${count} bài gần đúng nhất:`;
    if (verdict === "related") tell(`${meant}Chưa thấy đoạn nào trả lời câu này. ${count} bài có thể liên quan:`);
    else tell(meant + (whole || verdict === "answer" ? `${count} kết quả${suffix}` : near));
    reply(verdict, passages);
    list.append(...results.map(result));
    offer({ query, facets, all }, mine);
  } catch (error) {
    if (mine === turn) tell(`${FAILED} rồi bấm Tìm lần nữa.`);
    console.error(error);
  } finally {
    clearTimeout(slow);
    if (mine === turn) browse.hidden = false;
  }
}

// Report that the search takes a while, and hide the links below until there are results, so that results do not push them down.
function wait() {
  tell("Đang tìm…");
  browse.hidden = true;
}

function tell(words) {
  status.textContent = words;
  answers.hidden = true;
  list.replaceChildren();
  more.hidden = true;
}

// Offer further results.
function offer(searched, mine) {
  const { query, facets, all } = searched, count = list.children.length;
  more.hidden = count >= all;
  more.onclick = async () => {
    const reply = await ask(query, facets, count).catch(() => null);
    if (mine !== turn) return;
    if (!reply) return void (status.textContent = `${FAILED} rồi bấm Xem thêm lần nữa.`);
    list.append(...reply.results.map(result));
    list.children[count].querySelector("a").focus();
    offer(searched, mine);
  };
}

// Show the results of the form's query, then update the address, which takes a browser longer than asking the worker.
function submit() {
  let address;
  const remember = () => {
    if (mine !== turn || !address) return;
    history.pushState(null, "", address);
    document.title = query ? `${query} – ${form.dataset.title}` : form.dataset.title;
    address = null;
  };
  const done = show(remember), mine = turn, { query } = asked();
  address = new URL(location.href);
  address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  done.then(remember);
}

function recall() {
  const params = new URLSearchParams(location.search);
  for (const field of form.querySelectorAll("[name]")) field.value = params.get(field.name) ?? "";
  browse.hidden = location.search.length > 1; // at once: the reader has not touched anything
  show();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
form.addEventListener("change", (event) => {
  if (event.target.tagName === "SELECT") submit();
});
form.elements.q.addEventListener("input", () => ready().postMessage({ typed: form.elements.q.value }));
addEventListener("popstate", recall);
ready();
recall();
const filters = document.querySelector("[data-search-filters]");
filters.hidden = false;
filters.open = asked().facets.length > 0;
