"""What pages show of news."""

from datetime import time

from chuyendoiso.model.content_types.news import News
from chuyendoiso.model.site import Site
from chuyendoiso.outputs.pages.components import day, instant, weekday
from chuyendoiso.outputs.pages.content_types.item_pages import Invitation, ItemPages, Parts
from chuyendoiso.outputs.pages.render_context import RenderContext
from chuyendoiso.outputs.pages.views import When

MIDNIGHT = time()  # the time of a date that names none


class NewsPages(ItemPages[News]):
    """News has nothing of its own but its article, and the time of the day."""

    def article(self, context: RenderContext, item: News) -> Parts:
        """Return none."""
        return {}

    def withdrawn(self, context: RenderContext, item: News) -> Parts:
        """Return none."""
        return {}

    def teaser(self, context: RenderContext, item: News) -> Parts:
        """Return none."""
        return {}

    def title(self, item: News) -> str:
        """Return the heading."""
        return item.heading

    def published(self, context: RenderContext, item: News) -> When:
        """Return the day, with the time if there is one."""
        published = context.local(item.date)
        return instant(published) if published.time() != MIDNIGHT else weekday(published)

    def note(self, context: RenderContext, item: News) -> str:
        """Return the day of publication."""
        return day(context.local(item.date)).text

    def invitation(self, context: RenderContext, item: News) -> Invitation | None:
        """Return none."""
        return None

    def modules(self, context: RenderContext, item: News) -> tuple[str, ...]:
        """Return the script that passes it on."""
        return ("share",)

    def dublin_core(self, site: Site, item: News) -> tuple[tuple[str, str], ...]:
        """Return none."""
        return ()
