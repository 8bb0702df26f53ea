"""What outputs show of news."""

from collections.abc import Iterator, Mapping

from chuyendoiso.model.content_types.news import News
from chuyendoiso.model.items import File
from chuyendoiso.model.site import Site
from chuyendoiso.outputs.content_types.item_outputs import ItemOutputs, Json, owner_data


class NewsOutputs(ItemOutputs[News]):
    """News has nothing of its own but its article."""

    record_name = None

    def search_words(self, item: News, site: Site) -> Iterator[str | None]:
        """Yield nothing."""
        return iter(())

    def search_title(self, item: News) -> str:
        """Return the title."""
        return item.title

    def facets(self, item: News) -> tuple[str, ...]:
        """Return none."""
        return ()

    def feed_notes(self, item: News) -> Iterator[tuple[str, str]]:
        """Yield nothing."""
        return iter(())

    def feed_fields(self, item: News, site: Site) -> Mapping[str, str | None]:
        """Return none."""
        return {}

    def feed_links(self, item: News, site: Site) -> Iterator[tuple[str, str]]:
        """Yield nothing."""
        return iter(())

    def enclosure(self, item: News) -> File | None:
        """Return none."""
        return None

    def record(self, item: News, site: Site) -> Json:
        """Return none."""
        return {}

    def channel_lines(self, item: News, site: Site) -> Iterator[str]:
        """Yield nothing."""
        return iter(())

    def structured_data(self, item: News, site: Site, common: Json) -> Json:
        """Return a news article."""
        authors = [{"@type": "Person", "name": name} for name in item.authors] or owner_data(site)
        article = {
            "@type": "NewsArticle", "headline": item.heading, "articleSection": site.topic(item.topic).name, "author": authors, **common,
        }  # fmt: skip
        return {**article, "mainEntityOfPage": site.absolute(item.path)}
