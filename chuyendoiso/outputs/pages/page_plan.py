"""The plan of all pages."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import DOCUMENT, ITEM_TYPES, NEWS, TRAINING
from chuyendoiso.model.items import Catalogue, Item, newest_first
from chuyendoiso.model.target import Deferred, Folder, Target, page_file, shared
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.outputs.channels import CHANNELS
from chuyendoiso.outputs.pages import (
    articles,
    embeds,
    home,
    item_lists,
    leaflets,
    library,
    months,
    namespace,
    redirects,
    search,
    statistics,
    style,
    trainings,
)
from chuyendoiso.outputs.pages.lists import next_pages
from chuyendoiso.outputs.pages.render_context import RenderContext, site_layout
from chuyendoiso.outputs.pages.templates import PageInputs, make_page

CardOf = Callable[[Item], str | None]
PlanLists = Callable[[Catalogue, RenderContext], Iterator[tuple[str, Deferred]]]
# The pages that are there for the items of each kind, by template
_LISTS: Mapping[Kind, tuple[tuple[str, PlanLists], ...]] = {
    NEWS.kind: (("listing.html", item_lists.news_lists),),
    DOCUMENT.kind: (("library.html", library.library_lists),),
    TRAINING.kind: (
        ("listing.html", trainings.training_lists),
        ("month.html", months.session_months),
        ("leaflets.html", leaflets.plan_leaflets),
    ),
}
if missing := ITEM_TYPES.keys() - _LISTS.keys():
    raise AssertionError(f"content types without lists: {sorted(missing)}")


def plan_pages(
    catalogue: Catalogue, context: RenderContext, theme: Folder, card_of: CardOf, components: tuple[str, ...] = ()
) -> Iterator[Target]:
    """Plan every page; `card_of` gives the path of an item's share card, or None.

    `components` are the components on a preview's style page.
    """
    around = shared(site_layout(context, catalogue.pages))

    def page(path: str, template: str, view: Deferred, origin: str | None = None) -> Target:
        return Target(page_file(path), PageInputs(theme, template, around, view), make_page, origin or path, view.bodies)

    lists = list(_lists(catalogue, context))
    yield page(urls.HOME, "home.html", home.plan_home(catalogue, context))
    yield page(urls.TRAININGS, "trainings.html", trainings.plan_training_home(catalogue, context))
    for one in lists:
        yield page(*one)
    for item, view in articles.plan_articles(catalogue, context, card_of):
        yield page(item.path, "article.html", view, item.source)
        for alias in item.aliases:
            yield page(alias, "redirect.html", Deferred(redirects.redirect, (context, item.path, item.title)), item.source)
    for path, view, origin in (*home.plain_pages(catalogue, context), *home.index_pages(catalogue, context)):
        yield page(path, "plain.html", view, origin)
    yield page(urls.NAMESPACE_PAGE, "plain.html", Deferred(namespace.namespace, (context,)))
    yield page(urls.SEARCH, "search.html", search.plan_search_page(catalogue, context))
    yield page(urls.STATISTICS, "statistics.html", statistics.plan_statistics(catalogue, context))
    yield page(urls.NOT_FOUND, "not-found.html", Deferred(home.not_found, (context,)))
    for path, template, view in embeds.plan_embeds(catalogue, context):
        yield page(path, template, view)
    once = list(_lists(_with_withdrawn(catalogue), context)) if catalogue.withdrawn else []
    former = chain((path for path, _, _ in once), next_pages(view for _, _, view in (*once, *lists)))
    there = {urls.HOME, urls.TRAININGS, urls.TAGS, *(path for path, _, _ in lists), *catalogue.by_path}
    for path, view in redirects.redirects_of_lists(context, former, there):
        yield page(path, "redirect.html", view)
    if components:
        yield page(urls.STYLE, "style.html", Deferred(style.style_page, (context, components)))
        for channel in CHANNELS:
            if words := channel.preview:
                view = Deferred(style.channel_preview, (context, channel.id, channel.name, words))
                yield page(urls.channel_preview(channel.id), f"{channel.id}.html", view)


def _lists(catalogue: Catalogue, context: RenderContext) -> Iterator[tuple[str, str, Deferred]]:
    """Yield path, template and view of the pages of each kind, topic and tag."""
    for kind in ITEM_TYPES:
        for template, plan in _LISTS[kind]:
            yield from ((path, template, view) for path, view in plan(catalogue, context))
    for plan in (item_lists.topic_lists, item_lists.tag_lists):
        yield from ((path, "listing.html", view) for path, view in plan(catalogue, context))


def _with_withdrawn(catalogue: Catalogue) -> Catalogue:
    """Return what the catalogue would be, had nothing been withdrawn."""
    return replace(catalogue, items=tuple(sorted((*catalogue.items, *catalogue.withdrawn), key=newest_first)), withdrawn=())
