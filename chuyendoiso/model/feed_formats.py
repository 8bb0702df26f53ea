"""The formats that every feed comes in."""

from typing import NamedTuple


class FeedFormat(NamedTuple):
    """A format that every feed comes in: its name, its file and its media type."""

    name: str
    file: str
    media_type: str


RSS = FeedFormat("RSS", "rss.xml", "application/rss+xml")  # RSS 2.0
ATOM = FeedFormat("Atom", "atom.xml", "application/atom+xml")  # RFC 4287
JSON = FeedFormat("JSON", "feed.json", "application/feed+json")  # JSON Feed 1.1
FEED_FORMATS = (RSS, ATOM, JSON)
