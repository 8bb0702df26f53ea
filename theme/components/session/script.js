// A session's page by the clock: how to attend, then the broadcasts, then the recording; and a filter of its meeting points by commune.
// Without this module the page is as of its build, and shows every link.

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
    const plays = part.querySelector("iframe"); // a broadcast that is playing stays, even after the end
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
  const field = finder.querySelector("input"), status = finder.querySelector("[role=status]");
  finder.hidden = false;
  field.addEventListener("input", () => {
    const query = plain(field.value.trim());
    const matches = points.filter(([item, text]) => !(item.hidden = !text.includes(query)));
    status.textContent = !query ? "" : matches.length ? `${matches.length} điểm cầu` : "Không có điểm cầu nào ở đó. Bạn vẫn xem trực tuyến được.";
  });
}
