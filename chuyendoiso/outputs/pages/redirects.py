"""Redirect pages: from aliases, and from lists that became shorter or empty."""

from collections.abc import Collection, Iterable, Iterator

from chuyendoiso.model import urls
from chuyendoiso.model.target import Deferred
from chuyendoiso.outputs.pages.render_context import SECTIONS, RenderContext
from chuyendoiso.outputs.pages.views import Head, RedirectPage

_NAMES = {path: name for name, path in SECTIONS} | {urls.TAGS: "Từ khóa", urls.SESSION_MONTHS: "Lịch hội nghị"}


def redirect(context: RenderContext, path: str, title: str) -> RedirectPage:
    """Return a page that leads to another page of the site."""
    head = Head(title=title, description=title, canonical=context.site.absolute(path), indexed=False, sheet="news")
    return RedirectPage(head=head, target=context.site.href(path), title=title)


def redirects_of_lists(context: RenderContext, former: Iterable[str], planned: Collection[str]) -> Iterator[tuple[str, Deferred]]:
    """Redirect each former path of a list to the nearest planned page above it."""
    for path in dict.fromkeys(former):
        if path not in planned:
            above = _parent(path)
            while above not in planned:
                above = _parent(above)
            yield path, Deferred(redirect, (context, above, _NAMES.get(above, context.site.name)))


def _parent(path: str) -> str:
    return path.rstrip("/").rpartition("/")[0] + "/"
