"""The addresses of lists and files. `content.permalinks` has those of content."""

import re
from datetime import datetime

from chuyendoiso.model.feed_formats import RSS

HOME = "/"
NEWS = "/tin-tuc/"
DOCUMENTS = "/van-ban/"
TRAININGS = "/tap-huan/"
QUESTIONS = "/hoi-dap/"
CONSULTATIONS = "/lay-y-kien/"
QUESTION_FORM = "/phieu-hoi/"  # to print and fill in
SESSION_MONTHS = "/tap-huan/lich/"  # the month of the next session
PAST_SESSIONS = "/tap-huan/da-qua/"
CALENDAR = "/lich/hoi-nghi.ics"  # of all sessions, to subscribe to
TOPICS = "/chu-de/"
TAGS = "/tu-khoa/"
FEEDS_PAGE = "/nguon-tin/"
CHANNELS_PAGE = "/kenh-chinh-thuc/"
GLOSSARY = "/thuat-ngu/"  # a page of content
NOT_FOUND = "/404.html"
SEARCH = "/tim-kiem/"
EMBED = "/nhung/tin-moi/"  # the newest news for another site's iframe
EMBED_FRAGMENT = "/nhung/tin-moi.inc"  # for its server to include
PREVIEW_ONLY = "/_"  # how the addresses begin that only a preview has
STYLE = f"{PREVIEW_ONLY}style/"
STATISTICS = "/thong-ke/"
SEARCH_INDEX = "/tim-kiem/chi-muc.json"
PASSAGES = "/tro-ly/doan.json"  # lists the files of passages for other assistants
LLMS = "/llms.txt"
SEARCH_WORDS = "/tim-kiem/tu-vung.txt"
OPML = "/feeds/nguon-tin.opml"
MARK = "/release.txt"  # says which release is served: its tree hash
MANIFEST = "/manifest.json"  # of all items, for who mirrors them
MANIFEST_SCHEMA = "/manifest.schema.json"  # JSON Schema of the manifest, and of an item's JSON
RECORD_SCHEMA = "/record.schema.json"
NAMESPACE_PAGE = "/nguon-tin/truong-rieng/"  # explains our own fields in feeds
FEED_OF_ALL = "tat-ca"
MAIN_FEED = f"/feeds/{FEED_OF_ALL}/{RSS.file}"

PAGE_ENDINGS = (".html", ".htm", ".aspx", ".asp", ".php", ".jsp")  # of pages of this site and of the systems before it


def month(instant: datetime) -> str:
    """Return the list of a month's news: `/tin-tuc/2026/thang-11/`."""
    return f"/tin-tuc/{instant.year}/thang-{instant.month:02}/"


def embed(size: str, colour: str) -> str:
    """Return the newest news in a size and a colour: `/nhung/tin-moi/nho-sang/`."""
    return f"{EMBED}{size}-{colour}/"


def topic(slug: str) -> str:
    """Return a topic's list."""
    return f"/chu-de/{slug}/"


def tag(slug: str) -> str:
    """Return a tag's list."""
    return f"/tu-khoa/{slug}/"


def document_type(slug: str) -> str:
    """Return the documents of a type."""
    return f"/van-ban/loai/{slug}/"


def issuer(id_: str) -> str:
    """Return the documents of an issuing body."""
    return f"/van-ban/co-quan/{id_}/"


def year(number: int) -> str:
    """Return the documents issued in a year."""
    return f"/van-ban/nam/{number}/"


def audience(id_: str) -> str:
    """Return the trainings for an audience."""
    return f"/tap-huan/doi-tuong/{id_}/"


def training_topic(slug: str) -> str:
    """Return the trainings of a topic."""
    return f"/tap-huan/chu-de/{slug}/"


def training_format(slug: str) -> str:
    """Return the trainings that come in a format."""
    return f"/tap-huan/dinh-dang/{slug}/"


def session_month(year: int, month: int) -> str:
    """Return the calendar of a month's sessions: `/tap-huan/lich/2026-12/`."""
    return f"{SESSION_MONTHS}{year}-{month:02}/"


def session_calendar(item_path: str) -> str:
    """Return a session's calendar file: `/tap-huan/x/` has `/lich/tap-huan-x.ics`."""
    return f"/lich/{item_path.strip('/').replace('/', '-')}.ics"


def leaflet(item_path: str) -> str:
    """Return the page of a session's leaflets to print."""
    return f"{item_path}to-roi/"


def older_page(head: str, number: int) -> str:
    """Return a full page of a list; numbers count from the oldest, so addresses stay."""
    return f"{head}trang-{number}/"


def site_card(digest: str) -> str:
    """Return the address of the site's share card, which changes with its words."""
    return f"/media/the/trang-{digest[:12]}.png"


def share_card(item_path: str, digest: str) -> str:
    """Return the address of an item's share card, which changes with its text."""
    return f"/media/the/{item_path.strip('/').replace('/', '-')}-{digest[:12]}.png"


def record(item_path: str) -> str:
    """Return an item's own JSON, beside its page."""
    return f"{item_path}index.json"


def channel_list(channel: str) -> str:
    """Return the list of a channel's items: `/feeds/zalo.json`."""
    return f"/feeds/{channel}.json"


def channel_feed(channel: str) -> str:
    """Return a channel's own feed: `/feeds/zalo.rss.xml`."""
    return f"/feeds/{channel}.{RSS.file}"


def channel_items(channel: str) -> str:
    """Return the folder of the items that a channel is sent."""
    return f"/feeds/{channel}/"


def channel_item(channel: str, item_path: str) -> str:
    """Return an item's address for a channel: `/feeds/zalo/tin-tuc-2026-x.json`."""
    return f"{channel_items(channel)}{item_path.strip('/').replace('/', '-')}.json"


def channel_pictures(channel: str) -> str:
    """Return the folder of the pictures that are made for a channel."""
    return f"/media/{channel}/"


def channel_card(channel: str, item_path: str, digest: str) -> str:
    """Return the address of the picture that is drawn for an item without one."""
    return f"{channel_pictures(channel)}{item_path.strip('/').replace('/', '-')}-{digest[:12]}.jpg"


def channel_preview(channel: str) -> str:
    """Return the preview page of a channel."""
    return f"{PREVIEW_ONLY}{channel}/"


def feed(selection: str, file: str) -> str:
    """Return a feed, `/feeds/tat-ca/rss.xml`, of a kind or `chu-de/slug` too."""
    return f"/feeds/{selection}/{file}"


def feed_archive(number: int) -> str:
    """Return a page of the archive of all entries; 1 holds the oldest."""
    return f"/feeds/{FEED_OF_ALL}/kho-{number}.atom.xml"


def topic_feed(slug: str) -> str:
    """Return a topic's selection."""
    return f"chu-de/{slug}"


def passages(segment: str) -> str:
    """Return the passages of the items of a segment."""
    return f"/tro-ly/doan-{segment}.jsonl"


def search_shard(number: int) -> str:
    """Return a part of the search index."""
    return f"/tim-kiem/chi-muc/{number}.bin"


def search_record(segment: str, number: int) -> str:
    """Return the search result of an item, by its segment and number."""
    return f"/tim-kiem/bai/{segment}/{number}.json"


# ── what is the site's own ──────────────────────────────────────────────────────────────────────────────────────────────

# First folders of the lists and files above: a page of content there would hide them. Three that content may describe are not here.
OWN_FOLDERS = frozenset(
    {
        "chu-de",
        "tro-ly",
        "tu-khoa",
        "tim-kiem",
        "thong-ke",
        "phieu-hoi",
        "lich",
        "nhung",
        "media",
        "feeds",
        "icons",
        "fonts",
        "css",
        "js",
        "404",
    }
)
_ANY, _YEAR, _MONTH = "[^/]+", "[0-9]{4}", "[0-9]{2}"
_PAGED = (
    NEWS, f"{NEWS}{_YEAR}/", f"{NEWS}{_YEAR}/thang-{_MONTH}/",
    DOCUMENTS, document_type(_ANY), issuer(_ANY), f"{DOCUMENTS}nam/{_ANY}/",
    QUESTIONS, CONSULTATIONS,
    TRAININGS, PAST_SESSIONS, audience(_ANY), training_topic(_ANY), training_format(_ANY),
    topic(_ANY), tag(_ANY),
)  # fmt: skip
_OWN = re.compile(
    "|".join(
        (
            "/(?:(?:media|feeds|icons|fonts|css|js)/.*)?",
            "/(?:lich|nhung|tro-ly)/.+",
            r"/(?:404|index)\.html",
            r"/(?:404\.html|index\.html|robots\.txt|sitemap\.xml|site\.webmanifest|favicon\.ico)/.*",
            *(QUESTION_FORM, FEEDS_PAGE, CHANNELS_PAGE, TOPICS, TAGS, SESSION_MONTHS, f"{SESSION_MONTHS}{_YEAR}-{_MONTH}/"),
            *(f"{path}(?:{older_page('', 0).replace('0', '[0-9]+')})?" for path in _PAGED),
        )
    ),
    re.IGNORECASE,
)


def is_own(path: str) -> bool:
    """Return whether a path is reserved for the site's own lists and files."""
    return bool(_OWN.fullmatch(path))
