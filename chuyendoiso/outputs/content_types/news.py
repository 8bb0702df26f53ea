"""The outputs of news."""

from collections.abc import Iterator, Mapping
from datetime import time
from typing import Any, ClassVar

from chuyendoiso.model.content_types.news import News
from chuyendoiso.model.site import Site
from chuyendoiso.outputs.content_types.item_outputs import ItemOutputs, Json, owner_data
from chuyendoiso.outputs.content_types.schema_parts import Schema
from chuyendoiso.outputs.pages.components import day, instant, weekday
from chuyendoiso.outputs.pages.render_context import RenderContext
from chuyendoiso.outputs.pages.views import When


class NewsOutputs(ItemOutputs[News]):
    """News has no fields of its own."""

    record_name = None
    record_schema: ClassVar[Schema] = {}

    def search_words(self, item: News, site: Site) -> Iterator[str | None]:
        """Yield nothing."""
        return iter(())

    def feed_fields(self, item: News, site: Site) -> Mapping[str, str | None]:
        """Return none."""
        return {}

    def record(self, item: News, site: Site) -> Json:
        """Return none."""
        return {}

    def channel_lines(self, item: News, site: Site) -> Iterator[str]:
        """Yield nothing."""
        return iter(())

    def structured_data(self, item: News, site: Site, common: Json) -> Json:
        """Return a news article."""
        authors = [{"@type": "Person", "name": name} for name in item.authors] or owner_data(site)
        return {
            "@type": "NewsArticle", "headline": item.heading, "articleSection": site.topic(item.topic).name, "author": authors,
            **common, "mainEntityOfPage": site.absolute(item.path),
        }  # fmt: skip

    # ── pages ──

    def article(self, context: RenderContext, item: News) -> dict[str, Any]:
        """Return none."""
        return {}

    def teaser(self, context: RenderContext, item: News) -> dict[str, Any]:
        """Return none."""
        return {}

    def published(self, context: RenderContext, item: News) -> When:
        """Return the day, with the time if there is one."""
        published = context.local(item.date)
        return instant(published) if published.time() != time() else weekday(published)  # midnight: a date without a time

    def note(self, context: RenderContext, item: News) -> str:
        """Return the day of publication."""
        return day(context.local(item.date)).text
