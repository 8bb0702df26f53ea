// Filter a list in place: fetch the page of a filter's or a pager's link, and replace the list by the list of that page.
// Without this module, or if the fetch fails, the browser follows the link.

const list = () => document.querySelector(".cds-listing");
const status = document.createElement("p");
status.className = "cds-hidden";
status.setAttribute("role", "status");
document.querySelector("main").after(status);

async function show(address, focused) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  list().replaceWith(page.querySelector(".cds-listing"));
  document.title = page.title;
  const same = [...list().querySelectorAll(".cds-filters a")].find((link) => link.pathname === focused);
  if (same?.offsetParent) same.focus();
  else document.querySelector("main").focus();
  status.textContent = `${list().querySelector("h1").textContent}: ${list().querySelectorAll(".cds-teasers > *, tbody tr").length} mục.`;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.(".cds-filters a:not(.cds-filters__more), .cds-pager a");
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
