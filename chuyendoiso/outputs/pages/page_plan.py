"""The plan of all pages."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import DOCUMENT, ITEM_TYPES, NEWS, TRAINING
from chuyendoiso.model.items import Catalogue, Item, newest_first
from chuyendoiso.model.target import Deferred, Folder, Target, hash_value, page_file
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.outputs.channels import CHANNELS
from chuyendoiso.outputs.pages import (
    articles,
    embeds,
    home,
    item_lists,
    leaflets,
    months,
    question_form,
    search,
    statistics,
    style,
    trainings,
)
from chuyendoiso.outputs.pages.lists import next_pages
from chuyendoiso.outputs.pages.render_context import RenderContext, site_layout
from chuyendoiso.outputs.pages.templates import PageInputs, make_page
from chuyendoiso.outputs.pages.views import Head, RedirectPage

CardOf = Callable[[Item], str | None]
PlanLists = Callable[[Catalogue, RenderContext], Iterator[tuple[str, Deferred]]]
# The pages that list the items of a kind, by template; the others have one plain list
_LISTS: Mapping[Kind, tuple[tuple[str, PlanLists], ...]] = {
    NEWS.kind: (("listing.html", item_lists.news_lists),),
    DOCUMENT.kind: (("library.html", item_lists.library_lists),),
    TRAINING.kind: (
        ("listing.html", trainings.training_lists),
        ("month.html", months.session_months),
        ("leaflets.html", leaflets.plan_leaflets),
    ),
}


def plan_pages(
    catalogue: Catalogue, context: RenderContext, theme: Folder, card_of: CardOf, components: tuple[str, ...] = ()
) -> Iterator[Target]:
    """Plan every page; `card_of` gives the path of an item's share card, or None.

    `components` are the components on a preview's style page.
    """
    layout = hash_value(site_layout(context, catalogue.pages))

    def page(path: str, template: str, view: Deferred, origin: str | None = None) -> Target:
        return Target(page_file(path), PageInputs(theme, template, layout, view), make_page, origin or path, view.bodies)

    lists = list(_lists(catalogue, context))
    yield page(urls.HOME, "home.html", home.plan_home(catalogue, context))
    yield page(urls.TRAININGS, "trainings.html", trainings.plan_training_home(catalogue, context))
    for path, template, view in (*lists, *embeds.plan_embeds(catalogue, context)):
        yield page(path, template, view)
    for item, view in articles.plan_articles(catalogue, context, card_of):
        yield page(item.path, "article.html", view, item.source)
        for alias in item.aliases:
            yield page(alias, "redirect.html", Deferred(redirect, (context, item.path, item.title)), item.source)
    for path, template, view, origin in _other_pages(catalogue, context):
        yield page(path, template, view, origin)
    every = replace(catalogue, items=tuple(sorted((*catalogue.items, *catalogue.withdrawn), key=newest_first)), withdrawn=())
    former_lists = list(_lists(every, context)) if catalogue.withdrawn else []
    former = chain((path for path, _, _ in former_lists), next_pages(view for _, _, view in (*former_lists, *lists)))
    planned = {urls.HOME, urls.TRAININGS, urls.TAGS, *(path for path, _, _ in lists), *catalogue.by_path}
    for path, view in redirects_of_lists(context, former, planned):
        yield page(path, "redirect.html", view)
    if components:
        yield page(urls.STYLE, "style.html", Deferred(style.style_page, (context, components)))
        for channel in CHANNELS:
            if words := channel.preview:
                view = Deferred(style.channel_preview, (context, channel.id, channel.name, words))
                yield page(urls.channel_preview(channel.id), f"{channel.id}.html", view)


def _other_pages(catalogue: Catalogue, context: RenderContext) -> Iterator[tuple[str, str, Deferred, str]]:
    """Yield path, template, view and origin of the pages that list no items."""
    for path, view, origin in (*home.plain_pages(catalogue, context), *home.index_pages(catalogue, context)):
        yield path, "plain.html", view, origin
    pages = [
        (urls.NAMESPACE_PAGE, "plain.html", Deferred(home.namespace, (context,))),
        (urls.SEARCH, "search.html", search.plan_search_page(catalogue, context)),
        (urls.STATISTICS, "statistics.html", statistics.plan_statistics(catalogue, context)),
        (urls.NOT_FOUND, "not-found.html", Deferred(home.not_found, (context,))),
    ]
    if context.site.routes:
        pages.append((urls.QUESTION_FORM, "question-form.html", Deferred(question_form.question_form, (context,))))
    yield from ((path, template, view, path) for path, template, view in pages)


def _lists(catalogue: Catalogue, context: RenderContext) -> Iterator[tuple[str, str, Deferred]]:
    """Yield path, template and view of the pages of each kind, topic and tag."""
    for kind in ITEM_TYPES:
        for template, plan in _LISTS.get(kind) or (("listing.html", partial(item_lists.kind_list, kind)),):
            yield from ((path, template, view) for path, view in plan(catalogue, context))
    for path, view in chain(item_lists.topic_lists(catalogue, context), item_lists.tag_lists(catalogue, context)):
        yield path, "listing.html", view


# ── redirects ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_NAMES = {content_type.section: content_type.label for content_type in ITEM_TYPES.values()} | {
    urls.TOPICS: "Chủ đề", urls.TAGS: "Từ khóa", urls.SESSION_MONTHS: "Lịch hội nghị",
}  # fmt: skip


def redirect(context: RenderContext, path: str, title: str) -> RedirectPage:
    """Return a page that redirects to another page of the site."""
    head = Head(title=title, description=title, canonical=context.site.absolute(path), indexed=False, sheet="news")
    return RedirectPage(head=head, target=context.site.href(path), title=title)


def redirects_of_lists(context: RenderContext, former: Iterable[str], planned: Collection[str]) -> Iterator[tuple[str, Deferred]]:
    """Redirect each former path of a list to the nearest planned page above it."""
    for path in dict.fromkeys(former):
        if path not in planned:
            above = path
            while above not in planned:
                above = above.rstrip("/").rpartition("/")[0] + "/"
            yield path, Deferred(redirect, (context, above, _NAMES.get(above, context.site.name)))
