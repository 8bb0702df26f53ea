"""Views: the values that templates render. Only `BodyText` is HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from chuyendoiso.model.broadcasts import BroadcastFrame


class Anchor(NamedTuple):
    """A link: words and address."""

    label: str
    href: str


class When(NamedTuple):
    """A date: `iso` for machines, `text` as people write it."""

    iso: str
    text: str


class FeedLink(NamedTuple):
    """A feed: its title, address and media type."""

    title: str
    href: str
    media_type: str


class Contact(NamedTuple):
    """The owner's addresses; each shown only where it is known."""

    address: str | None
    phone: Anchor | None
    email: str | None


class ShareCard(NamedTuple):
    """The picture of a page for social networks and messengers, 1200 × 630 pixels."""

    url: str  # absolute
    alt: str  # the words that are drawn on it


class Routes(NamedTuple):
    """How readers ask and comment without a script; None for what site.yml lacks."""

    phone: Anchor | None
    zalo: Anchor | None
    email: str | None
    form: Anchor  # to print
    petitions: str | None  # addresses of official systems
    services: str | None


class SiteLayout(NamedTuple):
    """The parts around the content of every page."""

    lang: str
    site_name: str
    tagline: str | None
    owner_name: str
    contact: Contact
    home: str
    sections: tuple[Anchor, ...]  # the main navigation
    footer: tuple[Anchor, ...]  # plain pages
    channels: tuple[Anchor, ...]  # channels that have an address
    stylesheets: Mapping[str, str]  # by the kind of page, and "print"
    card: ShareCard | None  # of pages that have none of their own
    font: str
    icon: str
    touch_icon: str
    manifest: str
    search: str
    modules: tuple[str, ...]  # hrefs of scripts that every page loads
    routes: Routes | None  # None: site.yml has none
    notice: str | None  # a line above every page (illustrative data)
    preview: bool


class Head(NamedTuple):
    """The metadata of a page."""

    title: str  # of the page alone; the template adds the site's name
    description: str
    canonical: str  # absolute
    indexed: bool
    card: ShareCard | None = None
    kind: str = "website"  # Open Graph's type: website or article
    feeds: tuple[FeedLink, ...] = ()
    sheet: str = "listing"  # the stylesheet of its kind
    section: str = ""  # href of the section of the navigation that the page belongs to
    data: dict[str, Any] | None = None  # JSON-LD
    dublin_core: tuple[tuple[str, str], ...] = ()  # names of elements and their values
    modules: tuple[str, ...] = ()  # hrefs of the scripts of the page's components; most pages have none


class PictureView(NamedTuple):
    """A picture in its renditions; width and height in pixels, of the largest."""

    webp: str  # srcset
    jpeg: str  # srcset
    src: str
    width: int
    height: int
    alt: str
    lazy: bool
    sizes: str
    caption: str | None = None
    credit: str | None = None
    figure: bool = False  # set as a figure with its caption


class EmbedView(NamedTuple):
    """A broadcast of another site; nothing is loaded before the reader asks."""

    title: str
    src: str
    host: str


class BodyText(NamedTuple):
    """Sanitised HTML between the pictures and broadcasts of a body."""

    html: str


class Term(NamedTuple):
    """A glossary term in a body: ids of its explanation and first mention; words."""

    id: str
    here: str
    term: str
    meaning: str


BodyView = tuple[BodyText | PictureView | EmbedView, ...]


class Teaser(NamedTuple):
    """An item in a list."""

    icon: str  # of its kind
    title: str
    href: str
    date: When  # published
    summary: str
    topic: Anchor
    picture: PictureView | None
    mark: str | None  # "Bản nháp", "Hẹn đăng …": in a preview only
    number: str | None = None  # a document's
    document_type: str | None = None
    issuer: str | None = None
    issued: When | None = None
    badge: "Badge | None" = None  # the state of a document or a draft
    session: "SessionBrief | None" = None
    offers: str | None = None  # a training's materials: "PDF, 12 trang, 1,2 MB · Video, 45 phút"


class Brief(NamedTuple):
    """An item in a short list: title, address, and a number or date."""

    title: str
    href: str
    note: str


class BriefGroup(NamedTuple):
    """Short items under a title."""

    title: str
    items: tuple[Brief, ...]


class NoticeView(NamedTuple):
    """A warning above a text."""

    title: str
    words: str


class Badge(NamedTuple):
    """A state in words, `key` choosing its icon and colour."""

    key: str
    label: str


class SessionBrief(NamedTuple):
    """A session in a list: date block, state, and stream to join."""

    day: str  # "10"
    month: str  # "Tháng 12"
    year: str
    weekday: str
    time: str  # "14:00–16:30"
    phase: Badge
    venue: str | None
    starts_iso: str
    join: Anchor | None


class Pager(NamedTuple):
    """The way to the neighbouring pages of a list."""

    newer: str | None
    older: str | None
    here: str  # "Mới nhất" or "Trang 3"


class LinkGroup(NamedTuple):
    """Links under a title: filters of a list, feeds. `current` is the active href."""

    title: str
    links: tuple[Anchor, ...]
    current: str | None = None


@dataclass(frozen=True)
class BasePage:
    """The fields of most pages."""

    head: Head
    crumbs: tuple[Anchor, ...]  # the way from the home page
    title: str


class HomePage(NamedTuple):
    """The home page."""

    head: Head
    lead: Teaser | None
    news: tuple[Teaser, ...]
    training_title: str  # "Tập huấn sắp tới" or "Tài liệu tập huấn mới"
    trainings: tuple[Teaser, ...]
    documents: tuple[Teaser, ...]
    drafts: tuple[Teaser, ...]  # open for comment
    more_drafts: Anchor
    more_news: Anchor
    more_trainings: Anchor
    more_documents: Anchor
    follow: tuple[Anchor, ...]


@dataclass(frozen=True)
class ListPage(BasePage):
    """A list of items: news, a month, a topic, a tag, past sessions, an audience."""

    intro: str | None
    teasers: tuple[Teaser, ...]
    empty: str  # the text of an empty list
    filters: tuple[LinkGroup, ...]
    pager: Pager | None
    feeds: tuple[FeedLink, ...]


class LibraryPage(ListPage):
    """The document library: a table on wide screens, cards on narrow ones."""

    @property
    def search_fields(self) -> tuple[tuple[str, str], ...]:
        """Return name and value of the search page's choices that this list is of."""
        current = next((group.current for group in self.filters if group.current), None)
        if not current:
            return (("loai", "van-ban"),)
        *_, folder, value, _ = current.split("/")
        return ("loai", "van-ban"), ({"loai": "loai-van-ban"}.get(folder, folder), value)


class Choice(NamedTuple):
    """A search filter: its name in the address, its label, values and their labels."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SearchPage(BasePage):
    """The search page; the links below the form work without script."""

    base: str  # the href of the folder that the index lies in
    worker: str | None  # href of the script that reads the index, if the theme has it
    choices: tuple[Choice, ...]
    groups: tuple[LinkGroup, ...]  # kinds, topics, months


class TrainingGroup(NamedTuple):
    """Trainings for one audience."""

    title: str
    more: Anchor
    teasers: tuple[Teaser, ...]


@dataclass(frozen=True)
class TrainingHomePage(BasePage):
    """The training section: sessions to come, then materials by audience."""

    intro: str | None
    upcoming: tuple[Teaser, ...]
    calendar: Anchor  # of all sessions, to subscribe to
    month: Anchor | None  # the calendar by months
    past: Anchor | None
    groups: tuple[TrainingGroup, ...]
    filters: tuple[LinkGroup, ...]
    feeds: tuple[FeedLink, ...]


class SessionOnDay(NamedTuple):
    """A session on a day; `time` is "14:00", or "tiếp theo" on its later days."""

    time: str
    link: Anchor


class Day(NamedTuple):
    """A day of a calendar."""

    number: int
    label: str  # "Thứ Năm, 10/12/2026"
    inside: bool  # of the month that is shown
    sessions: tuple[SessionOnDay, ...]


@dataclass(frozen=True)
class MonthPage(BasePage):
    """The sessions of a month."""

    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Day, ...], ...]
    earlier: Anchor | None  # the nearest months before and after that have a session
    later: Anchor | None
    calendar: Anchor  # of all sessions, to subscribe to


class FirstPageView(NamedTuple):
    """The picture of a file's first page; sizes in pixels."""

    src: str
    width: int
    height: int


class FileView(NamedTuple):
    """A file or link: label, address, and facts ("PDF, 12 trang, 1,2 MB")."""

    label: str
    href: str
    facts: str
    here: bool  # a file of the site's own
    digest: str | None  # SHA-256 in hex, of a document's file
    picture: FirstPageView | None = None


class Fact(NamedTuple):
    """One line of a definition list."""

    term: str
    text: str
    href: str | None = None
    copied: bool = False  # has a button that copies it


class DatedNote(NamedTuple):
    """A dated note: a correction."""

    date: When
    text: str


class RelationGroup(NamedTuple):
    """The documents of a relation ("Bị thay thế bởi"); href is None if not on site."""

    title: str
    documents: tuple["Fact", ...]


class StreamLink(NamedTuple):
    """A button to watch a broadcast or its recording, in `frame` if there is one."""

    label: str  # "Xem trực tiếp trên …"
    href: str
    frame: BroadcastFrame | None = None


class SessionView(NamedTuple):
    """A training's conference."""

    brief: SessionBrief
    ends_iso: str
    begins: str  # "14:00, Thứ Năm, 10/12/2026"
    phases: tuple[Badge, ...]  # all three: the page goes by the reader's clock
    facts: tuple[Fact, ...]
    streams: tuple[StreamLink, ...]
    recording: StreamLink | None
    calendar: Anchor | None  # a file that puts the session into the reader's calendar; None once it is over
    leaflet: Anchor | None  # a page to print; None once it is over
    meeting_points: tuple[Fact, ...]
    agenda: tuple[Fact, ...]  # term: the time
    attendance: tuple[Fact, ...]


class CommentView(NamedTuple):
    """How to comment on a draft: until which day, by which routes, or elsewhere."""

    until: str
    ways: tuple[str, ...]
    elsewhere: Anchor | None


class OutcomeView(NamedTuple):
    """What people said about a draft, and what was decided."""

    received: str | None
    responded: str | None  # the day of the response
    summary: str | None
    files: tuple[FileView, ...]
    pending: str | None  # why there is no response yet


class Bar(NamedTuple):
    """A figure: label, width of its bar in percent (None: no bar), text."""

    label: str
    width: float | None
    text: str


class Chart(NamedTuple):
    """Figures with the words over their two columns."""

    title: str
    head: str
    unit: str
    note: str | None
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class StatisticsPage(BasePage):
    """The page of statistics."""

    charts: tuple[Chart, ...]
    years: tuple[Chart, ...]  # sessions and attendance, the newest year first


class QrCode(NamedTuple):
    """A QR code: modules across with the quiet zone, and an SVG path of dark ones."""

    size: int
    path: str


class Leaflet(NamedTuple):
    """A leaflet: the place to come to."""

    place: str | None
    address: str | None


@dataclass(frozen=True)
class LeafletsPage(BasePage):
    """The leaflets of a session, to print."""

    back: str  # href of the session's page
    when: str
    organizer: str
    address: str  # absolute, of the session's page
    code: QrCode
    leaflets: tuple[Leaflet, ...]
    lines: int  # of the form for questions


@dataclass(frozen=True)
class ArticlePage(BasePage):
    """The page of an item; fields of other kinds are empty.

    Its title is the h1: a document's subject.
    """

    kind: str
    overline: str | None  # over the h1: a document's type and number
    mark: str | None
    withdrawn_reason: str | None
    lang: str | None  # if it is not the site's
    topic: Anchor
    date: When
    modified: When | None
    change_note: str | None
    authors: tuple[str, ...]
    summary: str
    cover: PictureView | None
    body: BodyView
    contents: tuple[Anchor, ...]  # headings of a long body
    terms: tuple[Term, ...]  # terms of the body that the glossary explains
    glossary: str | None  # href, if there are such terms
    origin: Fact | None
    corrections: tuple[DatedNote, ...]
    tags: tuple[Anchor, ...]
    cited: tuple[Brief, ...]  # documents that a body links to
    citing: tuple[Brief, ...]  # items that link to this document
    related: tuple[Brief, ...]
    newer: Anchor | None
    older: Anchor | None
    address: str  # absolute
    words: str  # to share, with the address
    reading: str | None  # the time to read a long body
    qr: str | None  # href of the script that draws a QR code, if the theme has it
    listed: tuple[BriefGroup, ...]  # items of other kinds that concern this one
    summary_label: str = "Tóm tắt"
    badge: Badge | None = None  # the state of a document or a draft
    # a document's
    facts: tuple[Fact, ...] = ()
    facts_title: str = ""
    relations: tuple[RelationGroup, ...] = ()
    files: tuple[FileView, ...] = ()  # a training's materials too
    files_title: str = ""
    date_label: str = ""  # before the date; "": the date alone
    # a training's
    audiences: tuple[Anchor, ...] = ()
    session: SessionView | None = None
    # a question's
    alert: NoticeView | None = None  # above the answer
    about: BriefGroup | None = None
    # a draft's
    comment: CommentView | None = None
    outcome: OutcomeView | None = None


@dataclass(frozen=True)
class QuestionFormPage(BasePage):
    """The form to print, fill in and hand in."""

    owner: str
    address: str | None
    lines: int


@dataclass(frozen=True)
class PlainPage(BasePage):
    """A plain page, and generated lists of feeds, channels, or links."""

    summary: str
    mark: str | None
    withdrawn_reason: str | None
    body: BodyView
    feeds: tuple[LinkGroup, ...] = ()
    opml: Anchor | None = None
    namespace: Anchor | None = None
    channels: tuple[Anchor, ...] = ()
    links: tuple[Anchor, ...] = ()


class Teased(NamedTuple):
    """A news article in another site; its href is absolute."""

    title: str
    href: str
    date: When
    summary: str | None


class EmbedList(NamedTuple):
    """The newest news for another site; `colour` is "sang", "toi", or the reader's."""

    head: Head
    title: str
    site: str
    home: str  # absolute
    colour: str | None
    level: int  # of its heading: a page's own, or within another
    items: tuple[Teased, ...]


class StylePage(NamedTuple):
    """The style page: the names of the components whose examples it shows."""

    head: Head
    title: str
    intro: str
    components: tuple[str, ...]
    qr: str | None
    search_worker: str | None


class RedirectPage(NamedTuple):
    """A page that redirects from a former path."""

    head: Head
    target: str
    title: str
