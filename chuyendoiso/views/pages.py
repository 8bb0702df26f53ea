"""The plan of all pages."""

from collections.abc import Callable, Iterator
from typing import Any

from chuyendoiso.domain import paths
from chuyendoiso.domain.model import Item
from chuyendoiso.domain.output import Folder, Output, page_file
from chuyendoiso.render import PageInputs, make_page
from chuyendoiso.views import home, lists
from chuyendoiso.views.articles import article, surroundings
from chuyendoiso.views.frame import Frame, chrome
from chuyendoiso.views.model import Library

CardOf = Callable[[Item], str]


def plan_pages(frame: Frame, theme: Folder, card_of: CardOf) -> Iterator[Output]:
    """Plan every page of the site; `card_of` gives the path of an item's share card."""
    around = chrome(frame)

    def page(path: str, template: str, view: Any, origin: str | None = None) -> Output:
        return Output(page_file(path), PageInputs(theme, template, around, view), make_page, origin or path)

    yield page(paths.HOME, "home.html", home.home(frame))
    yield page(paths.TRAININGS, "trainings.html", lists.training_home(frame))
    for plan in (lists.news_lists, lists.topic_lists, lists.tag_lists, lists.library_lists, lists.training_lists):
        for path, listing in plan(frame):
            yield page(path, "library.html" if isinstance(listing, Library) else "listing.html", listing)
    neighbours = surroundings(frame)
    for item in (*frame.catalogue.items, *frame.catalogue.withdrawn):
        yield page(item.path, "article.html", article(frame, item, neighbours, card_of(item)), item.source)
        for alias in item.aliases:
            yield page(alias, "redirect.html", home.redirect(frame, item), item.source)
    sources = {one.path: one.source for one in frame.catalogue.pages}
    for path, plain in (*home.plain_pages(frame), *home.index_pages(frame)):
        yield page(path, "plain.html", plain, sources.get(path))
    yield page(paths.NOT_FOUND, "not-found.html", home.not_found(frame))
