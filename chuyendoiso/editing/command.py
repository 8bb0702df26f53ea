"""The commands for editors that need the whole content read: composes, decides nothing."""

from pathlib import Path

from chuyendoiso import build
from chuyendoiso.convert import convert_body
from chuyendoiso.domain.model import Item
from chuyendoiso.editing.authorship import authorship
from chuyendoiso.order import Order
from chuyendoiso.progress import Progress
from chuyendoiso.source import parse_source


def authorship_of(content: Path, theme: Path, month: str) -> str:
    """Return a month's items by author as CSV. Raises ContentRejected where the content has errors."""
    reading = build.read(
        Order(content=content, theme=theme, output=content.parent / "output", remember=False), Progress(quiet=True)
    )
    catalogue = reading.gathered.catalogue

    def words(item: Item) -> int:
        source = parse_source((content / item.source).read_bytes(), item.source, item.source)
        return len(convert_body(source.body).text.split())

    return authorship((*catalogue.items, *catalogue.withdrawn), reading.site, month, words)
