"""The newest news for other sites: iframe pages by size and colour; a fragment."""

from collections.abc import Iterator
from itertools import islice

from chuyendoiso.model import urls
from chuyendoiso.model.content_types.news import News
from chuyendoiso.model.items import Catalogue, Item
from chuyendoiso.model.target import Deferred
from chuyendoiso.model.vocabulary import PublicationState
from chuyendoiso.outputs.pages.components import day
from chuyendoiso.outputs.pages.render_context import FRAME_HEIGHT, RenderContext
from chuyendoiso.outputs.pages.views import EmbedList, Head, Teased

SIZES = {"nho": 3, "vua": 5, "lon": 10}  # items


def plan_embeds(catalogue: Catalogue, context: RenderContext) -> Iterator[tuple[str, str, Deferred]]:
    """Yield path, template and view of each; the default follows the device's colours."""
    published = (item for item in catalogue.of(News) if item.state is PublicationState.PUBLISHED)
    newest = tuple(islice(published, max(SIZES.values())))
    usual = [(urls.EMBED, "embed.html", "vua", None), (urls.EMBED_FRAGMENT, "embed-fragment.html", "vua", None)]
    sized = [(urls.embed(size, colour), "embed.html", size, colour) for size in SIZES for colour in ("sang", "toi")]
    for path, template, size, colour in (*usual, *sized):
        yield path, template, Deferred(embed_list, (context, newest[: SIZES[size]], path, size, colour))


def embed_list(context: RenderContext, items: tuple[Item, ...], path: str, size: str, colour: str | None) -> EmbedList:
    """Return the newest news for another site; all addresses are absolute."""
    site = context.site
    teased = tuple(
        Teased(
            title=item.title, href=site.absolute(item.path), date=day(context.local(item.date)),
            summary=item.summary if size == "lon" else None,
        )
        for item in items
    )  # fmt: skip
    fragment = path == urls.EMBED_FRAGMENT
    return EmbedList(
        head=Head(
            title=f"Tin mới – {site.name}",
            description="Tin mới để nhúng vào trang khác.",
            canonical=site.absolute(path),
            indexed=False,
            sheet="embed",
            modules=() if fragment else context.scripts(FRAME_HEIGHT),
        ),
        title="Tin mới",
        site=site.name,
        home=site.absolute(urls.HOME),
        colour=colour,
        level=2 if fragment else 1,
        items=teased,
    )
