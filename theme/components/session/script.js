// A session's page by the clock: before it how to come, while it lasts the broadcasts, then the recording; and its meeting points by commune.
// Without this module the page says what was so when it was made, and shows every link.

const session = document.querySelector('[data-module="session"]');
const [starts, ends] = [session.dataset.starts, session.dataset.ends].map(Date.parse);
const PHASES = ["before", "during", "after"];

function phase(now) {
  return now < starts ? "before" : now < ends ? "during" : "after";
}

function show() {
  const now = Date.now(), current = phase(now);
  for (const name of PHASES) session.classList.toggle(`cds-session--${name}`, name === current);
  for (const part of document.querySelectorAll("[data-phases]")) {
    const plays = part.querySelector("iframe"); // whoever watches a session that runs late goes on watching
    part.hidden = !plays && !part.dataset.phases.split(" ").includes(current);
  }
  const next = current === "before" ? starts : ends;
  if (current !== "after") setTimeout(show, Math.min(next - now + 500, 2 ** 31 - 1));
}

show();

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll(/[đĐ]/g, "d").toLowerCase();
const finder = document.querySelector("[data-points-finder]");

if (finder) {
  const points = [...document.querySelectorAll(".cds-points__item")].map((item) => [item, plain(item.textContent)]);
  const field = finder.querySelector("input"), told = finder.querySelector("[role=status]");
  finder.hidden = false;
  field.addEventListener("input", () => {
    const wanted = plain(field.value.trim());
    const found = points.filter(([item, text]) => !(item.hidden = !text.includes(wanted)));
    told.textContent = !wanted ? "" : found.length ? `${found.length} điểm cầu` : "Không có điểm cầu nào ở đó. Bạn vẫn xem trực tuyến được.";
  });
}
