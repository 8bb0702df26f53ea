"""The pages that list items: months, topics, tags, the library, trainings. Lists are stable.

A list's head shows the newest; what no longer fits moves, `PAGE` items at a time, to numbered pages that count from the oldest.
So a full page never changes its address or its content, and a new item changes the head alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from chuyendoiso.domain import paths
from chuyendoiso.domain.model import Catalogue, Document, Item, Training
from chuyendoiso.domain.output import Call
from chuyendoiso.domain.site import Audience
from chuyendoiso.domain.vietnamese import lower_first, slugify
from chuyendoiso.domain.vocabulary import DOCUMENT_TYPES, KIND_NAMES, Kind
from chuyendoiso.views.frame import Frame, crumbs, feed_links, kind_step
from chuyendoiso.views.model import (
    Anchor,
    FeedLink,
    FilterGroup,
    Head,
    Library,
    Listing,
    Pager,
    TrainingGroup,
    TrainingHome,
)
from chuyendoiso.views.parts import teaser

PAGE = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a list."""

    path: str
    items: tuple[Item, ...]
    number: int | None  # None: the head
    newer: str | None
    older: str | None


def sheets(head: str, items: Sequence[Item]) -> Iterator[Sheet]:
    """Cut a list, newest first, into its head of PAGE to 2·PAGE − 1 items and full numbered pages, 1 holding the oldest."""
    full = max(0, (len(items) - PAGE) // PAGE)
    cut = len(items) - full * PAGE
    yield Sheet(head, tuple(items[:cut]), None, None, paths.older_page(head, full) if full else None)
    for number in range(full, 0, -1):
        start = cut + (full - number) * PAGE
        newer = head if number == full else paths.older_page(head, number + 1)
        older = paths.older_page(head, number - 1) if number > 1 else None
        yield Sheet(paths.older_page(head, number), tuple(items[start : start + PAGE]), number, newer, older)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a list is of: its address, words and feeds."""

    path: str
    title: str
    intro: str | None
    empty: str
    steps: tuple[tuple[str, str], ...]
    section: str
    feeds: tuple[tuple[str, str], ...] = ()


def _head(frame: Frame, selection: Selection, sheet: Sheet) -> Head:
    title = selection.title if sheet.number is None else f"{selection.title} – trang {sheet.number}"
    return Head(
        title=title,
        description=selection.intro or f"{title} – {frame.site.name}",
        canonical=frame.site.absolute(sheet.path),
        indexed=frame.indexed,
        feeds=feed_links(frame, *selection.feeds),
        section=frame.site.href(selection.section),
    )


def _pager(frame: Frame, sheet: Sheet) -> Pager | None:
    if sheet.newer is None and sheet.older is None:
        return None
    return Pager(
        newer=frame.site.href(sheet.newer) if sheet.newer else None,
        older=frame.site.href(sheet.older) if sheet.older else None,
        here="Mới nhất" if sheet.number is None else f"Trang {sheet.number}",
    )


Paged = tuple[str, Call]


def listings(
    frame: Frame,
    selection: Selection,
    items: Sequence[Item],
    filters: tuple[FilterGroup, ...] = (),
    *,
    view: type[Listing] = Listing,
) -> Iterator[Paged]:
    """Yield path and view of each page of a list; what would change numbered pages (filters, feeds) stands on the head alone."""
    for sheet in sheets(selection.path, items):
        yield sheet.path, Call(listing, (frame, selection, sheet, filters if sheet.number is None else (), view))


def listing(frame: Frame, selection: Selection, sheet: Sheet, filters: tuple[FilterGroup, ...], view: type[Listing]) -> Listing:
    """Return one page of a list."""
    head, first = _head(frame, selection, sheet), sheet.number is None
    return view(
        head=head,
        crumbs=crumbs(frame, *selection.steps),
        title=selection.title,
        intro=selection.intro if first else None,
        teasers=tuple(teaser(frame, item, picture=first and view is Listing) for item in sheet.items),
        empty=selection.empty,
        filters=filters,
        pager=_pager(frame, sheet),
        feeds=head.feeds if first else (),
    )


# ── news ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def news_lists(catalogue: Catalogue, frame: Frame) -> Iterator[Paged]:
    """Yield the page of the newest news and a list a month."""
    news = catalogue.news
    step = kind_step(Kind.NEWS)
    months: dict[tuple[int, int], list[Item]] = defaultdict(list)
    for item in news:
        months[_month_of(frame, item)].append(item)
    newest = Selection(
        path=paths.NEWS, title=KIND_NAMES[Kind.NEWS], intro="Tin mới nhất đứng trước. Tin cũ hơn xếp theo tháng.",
        empty="Chưa có tin nào.", steps=(), section=paths.NEWS, feeds=(("Tin tức", Kind.NEWS.value),),
    )  # fmt: skip
    filters = (
        _topic_filter(frame),
        FilterGroup(title="Theo tháng", links=tuple(_month_link(frame, *key) for key in months), current=None),
    )
    for path, view in listings(frame, newest, news[: 2 * PAGE - 1], filters):
        if path == paths.NEWS:
            yield path, view
    for (year, month), found in months.items():
        selection = Selection(
            path=paths.month(datetime(year, month, 1)), title=f"Tin tháng {month}/{year}", intro=None, empty="Chưa có tin nào.",
            steps=(step,), section=paths.NEWS,
        )  # fmt: skip
        yield from listings(frame, selection, found)


def month_links(catalogue: Catalogue, frame: Frame) -> tuple[Anchor, ...]:
    """Return the links to the news of each month, the newest first."""
    return tuple(_month_link(frame, *key) for key in dict.fromkeys(_month_of(frame, item) for item in catalogue.news))


def _month_of(frame: Frame, item: Item) -> tuple[int, int]:
    day = frame.local(item.date)
    return day.year, day.month


def _month_link(frame: Frame, year: int, month: int) -> Anchor:
    return Anchor(f"Tháng {month}/{year}", frame.site.href(paths.month(datetime(year, month, 1))))


def _topic_filter(frame: Frame, current: str | None = None) -> FilterGroup:
    links = tuple(Anchor(topic.name, frame.site.href(paths.topic(topic.slug))) for topic in frame.site.topics)
    return FilterGroup(title="Theo chủ đề", links=links, current=frame.site.href(current) if current else None)


# ── topics and tags ─────────────────────────────────────────────────────────────────────────────────────────────────────


def topic_lists(catalogue: Catalogue, frame: Frame) -> Iterator[Paged]:
    """Yield the lists of all topics, of items of every kind."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in catalogue.items:
        found[item.topic].append(item)
    for topic in frame.site.topics:
        path = paths.topic(topic.slug)
        selection = Selection(
            path=path, title=topic.name, intro=f"Tin tức, văn bản và tài liệu về {lower_first(topic.name)}.",
            empty="Chưa có bài nào về chủ đề này.", steps=(("Chủ đề", paths.TOPICS),), section=paths.TOPICS,
            feeds=((topic.name, paths.topic_feed(topic.slug)),),
        )  # fmt: skip
        yield from listings(frame, selection, found[topic.slug], (_topic_filter(frame, path),))


def tag_lists(catalogue: Catalogue, frame: Frame) -> Iterator[Paged]:
    """Yield the lists of all tags that a published item has."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in catalogue.items:
        for tag in item.tags:
            found[tag].append(item)
    for tag, items in sorted(found.items()):
        name = catalogue.tag_names[tag]
        selection = Selection(
            path=paths.tag(tag), title=f"Từ khóa: {name}", intro=None, empty="Chưa có bài nào.",
            steps=(("Từ khóa", paths.TAGS),), section=paths.TOPICS,
        )  # fmt: skip
        yield from listings(frame, selection, items)


# ── documents ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def library_lists(catalogue: Catalogue, frame: Frame) -> Iterator[Paged]:
    """Yield the document library: whole, by type, by issuing body and by year of issue."""
    documents = catalogue.documents
    step = kind_step(Kind.DOCUMENT)
    by_type, by_issuer, by_year = (defaultdict[str, list[Document]](list) for _ in range(3))
    for document in documents:
        by_type[document.document_type].append(document)
        by_issuer[document.issuing_body].append(document)
        by_year[str(document.issued_on.year)].append(document)
    types = sorted(by_type, key=list(DOCUMENT_TYPES).index)
    issuers = [issuer for issuer in frame.site.issuers if issuer.id in by_issuer]
    years = sorted(by_year, reverse=True)
    links = {
        "Loại văn bản": [(name, paths.document_type(slugify(name)), by_type[name], name) for name in types],
        "Cơ quan ban hành": [(issuer.name, paths.issuer(issuer.id), by_issuer[issuer.id], issuer.name) for issuer in issuers],
        "Năm ban hành": [(name, paths.year(int(name)), by_year[name], f"Văn bản ban hành năm {name}") for name in years],
    }

    def filters(current: str | None) -> tuple[FilterGroup, ...]:
        here = frame.site.href(current) if current else None
        groups = []
        for title, found in links.items():
            anchors = tuple(Anchor(name, frame.site.href(path)) for name, path, _, _ in found)
            groups.append(
                FilterGroup(title=title, links=anchors, current=here if here in {link.href for link in anchors} else None)
            )
        return tuple(group for group in groups if group.links)

    whole = Selection(
        path=paths.DOCUMENTS, title="Thư viện văn bản", intro="Văn bản về chuyển đổi số: số, ký hiệu, ngày ban hành, hiệu lực.",
        empty="Chưa có văn bản nào.", steps=(), section=paths.DOCUMENTS, feeds=(("Văn bản", Kind.DOCUMENT.value),),
    )  # fmt: skip
    yield from listings(frame, whole, documents, filters(None), view=Library)
    for _, path, found, title in (one for group in links.values() for one in group):
        selection = Selection(
            path=path, title=title, intro=None, empty="Chưa có văn bản nào.", steps=(step,), section=paths.DOCUMENTS
        )  # fmt: skip
        yield from listings(frame, selection, found, filters(path), view=Library)


# ── trainings ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def session_key(training: Training) -> tuple[datetime, str]:
    """Return the key that puts the earliest session first."""
    assert training.session is not None
    return training.session.starts_at, training.path


def upcoming(catalogue: Catalogue) -> list[Training]:
    """Return the trainings whose session is not over, the next first."""
    found = [one for one in catalogue.trainings if one.session and one.session.phase != "after"]
    return sorted(found, key=session_key)


def past(catalogue: Catalogue) -> list[Training]:
    """Return the trainings whose session is over, the latest first."""
    found = [one for one in catalogue.trainings if one.session and one.session.phase == "after"]
    return sorted(found, key=session_key, reverse=True)


def plan_training_home(catalogue: Catalogue, frame: Frame) -> Call:
    """Plan the training section."""
    found = ((one, [item for item in catalogue.trainings if one.id in item.audience]) for one in frame.site.audiences)
    groups = tuple((audience, tuple(items[:4])) for audience, items in found if items)
    return Call(training_home, (frame, tuple(upcoming(catalogue)), bool(past(catalogue)), groups))


def training_home(
    frame: Frame, to_come: tuple[Training, ...], any_past: bool, groups: tuple[tuple[Audience, tuple[Training, ...]], ...]
) -> TrainingHome:
    """Return the training section: sessions to come, then the newest materials for each audience."""
    feeds: tuple[FeedLink, ...] = feed_links(frame, ("Tập huấn và tài liệu", Kind.TRAINING.value))
    return TrainingHome(
        head=Head(
            title=KIND_NAMES[Kind.TRAINING], description="Hội nghị, lớp tập huấn và tài liệu tự học về chuyển đổi số.",
            canonical=frame.site.absolute(paths.TRAININGS), indexed=frame.indexed, feeds=feeds,
            section=frame.site.href(paths.TRAININGS),
        ),
        crumbs=crumbs(frame),
        title=KIND_NAMES[Kind.TRAINING],
        intro="Hội nghị, lớp tập huấn và tài liệu tự học, xếp theo người cần dùng.",
        upcoming=tuple(teaser(frame, one) for one in to_come),
        calendar=Anchor("Tải lịch hội nghị (.ics)", frame.site.absolute(paths.CALENDAR)),
        past=Anchor("Hội nghị, lớp tập huấn đã qua", frame.site.href(paths.PAST_SESSIONS)) if any_past else None,
        groups=tuple(_training_group(frame, audience, items) for audience, items in groups),
        feeds=feeds,
    )  # fmt: skip


def _training_group(frame: Frame, audience: Audience, items: tuple[Training, ...]) -> TrainingGroup:
    more = Anchor(f"Tất cả tài liệu cho {lower_first(audience.name)}", frame.site.href(paths.audience(audience.id)))
    return TrainingGroup(title=audience.name, more=more, teasers=tuple(teaser(frame, one) for one in items))


def training_lists(catalogue: Catalogue, frame: Frame) -> Iterator[Paged]:
    """Yield the lists of past sessions and of each audience."""
    step = kind_step(Kind.TRAINING)
    over = Selection(
        path=paths.PAST_SESSIONS, title="Hội nghị, lớp tập huấn đã qua", intro=None, empty="Chưa có hội nghị nào đã qua.",
        steps=(step,), section=paths.TRAININGS,
    )  # fmt: skip
    yield from listings(frame, over, past(catalogue))
    for audience in frame.site.audiences:
        items = [one for one in catalogue.trainings if audience.id in one.audience]
        selection = Selection(
            path=paths.audience(audience.id), title=f"Tài liệu cho {lower_first(audience.name)}", intro=None,
            empty="Chưa có tài liệu cho đối tượng này.", steps=(step,), section=paths.TRAININGS,
        )  # fmt: skip
        yield from listings(frame, selection, items)
