// A list is narrowed in place: the page that a filter or a pager leads to is fetched, and its list takes the place of this one.
// Without this module, or where the fetch fails, the link is followed.

const shown = () => document.querySelector(".cds-listing");
const told = document.createElement("p");
told.className = "cds-hidden";
told.setAttribute("role", "status");
document.querySelector("main").after(told);

async function show(address, focused) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  shown().replaceWith(page.querySelector(".cds-listing"));
  document.title = page.title;
  const here = [...shown().querySelectorAll(".cds-filters a")].find((link) => link.pathname === focused);
  if (here && here.offsetParent) here.focus();
  else document.querySelector("main").focus();
  told.textContent = `${shown().querySelector("h1").textContent}: ${shown().querySelectorAll(".cds-teasers > *, tbody tr").length} mục.`;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.(".cds-filters a, .cds-pager a");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  try {
    await show(link.href, link.pathname);
    history.pushState(null, "", link.href);
  } catch {
    location.href = link.href;
  }
});

addEventListener("popstate", () => show(location.href, location.pathname).catch(() => location.reload()));
