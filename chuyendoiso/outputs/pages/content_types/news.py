"""What pages show of news."""

from datetime import time

from chuyendoiso.model.content_types.news import News
from chuyendoiso.model.site import Site
from chuyendoiso.outputs.pages.content_types.base import Invitation, ItemPages, Parts
from chuyendoiso.outputs.pages.frame import Frame
from chuyendoiso.outputs.pages.model import When
from chuyendoiso.outputs.pages.parts import day, instant, weekday

MIDNIGHT = time()  # the time of a date that names none


class NewsPages(ItemPages[News]):
    """News has nothing of its own but its article, and the time of the day."""

    def article(self, frame: Frame, item: News) -> Parts:
        """Return none."""
        return {}

    def withdrawn(self, frame: Frame, item: News) -> Parts:
        """Return none."""
        return {}

    def teaser(self, frame: Frame, item: News) -> Parts:
        """Return none."""
        return {}

    def title(self, item: News) -> str:
        """Return the heading."""
        return item.heading

    def published(self, frame: Frame, item: News) -> When:
        """Return the day, with the time if there is one."""
        published = frame.local(item.date)
        return instant(published) if published.time() != MIDNIGHT else weekday(published)

    def note(self, frame: Frame, item: News) -> str:
        """Return the day of publication."""
        return day(frame.local(item.date)).text

    def invitation(self, frame: Frame, item: News) -> Invitation | None:
        """Return none."""
        return None

    def modules(self, frame: Frame, item: News) -> tuple[str, ...]:
        """Return the script that passes it on."""
        return ("share",)

    def dublin_core(self, site: Site, item: News) -> tuple[tuple[str, str], ...]:
        """Return none."""
        return ()
