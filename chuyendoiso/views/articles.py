"""The page of one item: what all kinds share, and what a document and a training add."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import time
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import quote

from chuyendoiso.domain import paths
from chuyendoiso.domain.broadcasts import frame_of
from chuyendoiso.domain.content_types import ITEM_TYPES
from chuyendoiso.domain.content_types.document import Document
from chuyendoiso.domain.content_types.training import Material, Training
from chuyendoiso.domain.model import Body, Catalogue, File, Item, Related
from chuyendoiso.domain.output import Call
from chuyendoiso.domain.renditions import first_page_picture
from chuyendoiso.domain.site import Site
from chuyendoiso.domain.vietnamese import format_date, format_number, shorten
from chuyendoiso.domain.vocabulary import Kind, State
from chuyendoiso.views.citations import cite
from chuyendoiso.views.data import dublin_core, item_data
from chuyendoiso.views.frame import QR, Frame, crumbs, feed_links, kind_step
from chuyendoiso.views.glossary import explain, glossary_of
from chuyendoiso.views.materials import file_facts, material_facts
from chuyendoiso.views.model import (
    Anchor,
    Article,
    Badge,
    Brief,
    Fact,
    FileView,
    FirstPageView,
    Head,
    Note,
    RelationGroup,
    SessionView,
    ShareCard,
    Stream,
)
from chuyendoiso.views.parts import (
    PHASES,
    body_view,
    day,
    instant,
    mark_of,
    modules_of,
    picture_view,
    session_brief,
    topic_anchor,
    validity_badge,
    weekday,
)

RELATED = 3
READING = 200  # syllables that are read in a minute, without haste
SHARED = 300  # characters of what is passed on
BESIDE = 4  # other items that a page offers, those it links to among them
CITED, CITING = 3, 10  # documents that an item links to, and the newest items that link to a document
MIDNIGHT = time()  # the time of a date that names none
LONG_BODY = 4  # headings of the second level from which a list of contents helps

_RELATION_TITLES = {
    "amends": "Sửa đổi, bổ sung",
    "replaces": "Thay thế",
    "repeals": "Bãi bỏ",
    "amended_by": "Được sửa đổi, bổ sung bởi",
    "replaced_by": "Bị thay thế bởi",
    "repealed_by": "Bị bãi bỏ bởi",
}


class Around(NamedTuple):
    """What an item's page shows of others."""

    newer: Anchor | None = None
    older: Anchor | None = None
    related: tuple[Item, ...] = ()
    cited: tuple[Document, ...] = ()  # documents that the body links to
    citing: tuple[Item, ...] = ()  # the items whose bodies link to this document
    tags: tuple[Anchor, ...] = ()
    card: str | None = None  # the path of its share card

    def __repr__(self) -> str:
        """Tell all that it holds, in half the time of the usual way: a build compares thousands."""
        return repr((self.newer, self.older, self.related, self.cited, self.citing, self.tags, self.card))


def plan_articles(catalogue: Catalogue, frame: Frame, card_of: Callable[[Item], str | None]) -> Iterator[tuple[Item, Call]]:
    """Yield each item with its page; `card_of` gives the path of an item's share card, if it has one."""
    href, by_path = frame.site.href, catalogue.by_path
    related, citing = _related_items(catalogue), _citing(catalogue)
    glossary = glossary_of(catalogue)
    tags = {slug: Anchor(name, href(paths.tag(slug))) for slug, name in catalogue.tag_names.items()}
    for content_type in ITEM_TYPES.values():
        items = catalogue.of(content_type.item)
        anchors = [None, *(Anchor(item.title, href(item.path)) for item in items), None]
        for number, item in enumerate(items):
            cited = (found for path in item.body.targets if isinstance(found := by_path.get(path), Document) and found is not item)
            shown = tuple(islice(cited, CITED)) if item.body.targets else ()
            around = Around(
                newer=anchors[number], older=anchors[number + 2], related=related[item.path][: BESIDE - len(shown)], cited=shown,
                citing=tuple(citing.get(item.path, [])[:CITING]),
                tags=tuple([tags[tag] for tag in item.tags]), card=card_of(item),
            )  # fmt: skip
            yield item, Call(article, (frame, item, item.body, around, glossary))
    for item in catalogue.withdrawn:
        yield item, Call(withdrawn, (frame, item))


def _related_items(catalogue: Catalogue) -> dict[str, tuple[Item, ...]]:
    """Return the items related to each, of its kind and topic, by path.

    They are the next older ones, so that a new item changes no other's page; the oldest take newer ones to fill up.
    """
    related = {}
    groups: dict[tuple[Kind, str], list[Item]] = defaultdict(list)
    for content_type in ITEM_TYPES.values():
        for item in catalogue.of(content_type.item):
            groups[content_type.kind, item.topic].append(item)
    for group in groups.values():
        for index, item in enumerate(group):
            older = group[index + 1 : index + 1 + RELATED]
            if len(older) < RELATED:
                start = max(0, len(group) - RELATED - 1)
                older = [one for one in group[start:] if one is not item]
            related[item.path] = tuple(older[:RELATED])
    return related


def _citing(catalogue: Catalogue) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in catalogue.items:
        for path in item.body.targets:
            if path != item.path:
                found[path].append(item)
    return found


def article(frame: Frame, item: Item, body: Body, around: Around, glossary: Body | None) -> Article:
    """Return the page of an item; terms of the glossary are explained where there is one."""
    common = _common(frame, item, body, around, glossary)
    if isinstance(item, Document):
        return Article(**common, **_document(frame, item))
    if isinstance(item, Training):
        return Article(**common, **_training(frame, item))
    return Article(**common)


def withdrawn(frame: Frame, item: Item) -> Article:
    """Return what is left of a withdrawn item: its title, dates and why; a document keeps its record."""
    common = _common(frame, item, Body((), "", ()), Around())
    left = {"withdrawn_reason": item.withdrawn_reason, "cover": None, "authors": ()}
    record = {"validity": validity_badge(item), "facts": _document_facts(frame, item)} if isinstance(item, Document) else {}
    return Article(**{**common, **left, **record})


def _head(frame: Frame, item: Item, body: Body, card: str | None, modules: tuple[str, ...]) -> Head:
    name = item.heading
    site, document = frame.site, item if isinstance(item, Document) else None
    image = site.absolute(card) if card else None
    indexed = frame.indexed and item.state is State.PUBLISHED
    title = f"{document.document_number}: {document.subject}" if document else name
    return Head(
        title=title,
        description=item.summary,
        canonical=site.absolute(item.path),
        indexed=indexed,
        card=ShareCard(image, f"{title} – {site.name}") if image else None,
        kind="article",
        feeds=feed_links(frame, (kind_step(item.kind)[0], item.kind.value)),
        sheet=item.kind.name.lower(),
        section=site.href(ITEM_TYPES[item.kind].section),
        data=item_data(site, item, image, crumbs(frame, kind_step(item.kind))) if indexed else None,
        dublin_core=dublin_core(site, document) if document else (),
        modules=tuple(dict.fromkeys((*modules_of(frame, body), *modules, *_own_modules(frame, item)))),
    )


def _own_modules(frame: Frame, item: Item) -> tuple[str, ...]:
    """Return the addresses of the scripts of an item's page beside those of its body."""
    if item.state is State.WITHDRAWN:
        return ()
    session = ["session"] if isinstance(item, Training) and item.session else []
    return frame.scripts(*(["embed"] if _plays(frame.site, item) else []), "share", *session)


def _common(frame: Frame, item: Item, body: Body, around: Around, glossary: Body | None = None) -> dict[str, Any]:
    site, cover = frame.site, item.cover
    shown = body_view(frame, body)
    shown, terms = explain(shown, body.text, glossary) if glossary else (shown, ())
    title, overline = item.heading, item.overline
    news, published, words = item.kind is Kind.NEWS, frame.local(item.date), body.words
    return {
        "head": _head(frame, item, body, around.card, frame.scripts("terms") if terms else ()),
        "crumbs": crumbs(frame, kind_step(item.kind)),
        "kind": item.kind.value,
        "title": title,
        "overline": overline,
        "mark": mark_of(frame, item),
        "withdrawn_reason": None,
        "topic": topic_anchor(frame, item.topic),
        "lang": item.lang if item.lang != site.language else None,
        "date": instant(published) if news and published.time() != MIDNIGHT else weekday(published),
        "modified": weekday(frame.local(item.modified)) if item.modified else None,
        "change_note": item.change_note if item.modified else None,
        "authors": item.authors,
        "summary": item.summary,
        "cover": picture_view(frame, cover.picture, cover.alt, lazy=False, caption=cover.caption, credit=cover.credit, figure=True)
        if cover
        else None,
        "body": shown,
        "contents": tuple(Anchor(text, f"#{id_}") for id_, text in body.headings) if len(body.headings) >= LONG_BODY else (),
        "terms": terms,
        "glossary": site.href(paths.GLOSSARY) if terms else None,
        "origin": Fact(term="Nguồn", text=item.origin.name, href=item.origin.url) if item.origin else None,
        "corrections": tuple(Note(date=day(correction.date), text=correction.note) for correction in item.corrections),
        "tags": around.tags,
        "cited": _briefs(frame, around.cited),
        "citing": _briefs(frame, around.citing),
        "related": _briefs(frame, around.related),
        "newer": around.newer,
        "older": around.older,
        "address": site.absolute(item.path),
        "words": _words_to_share(frame, item),
        "reading": f"Đọc khoảng {round(words / READING)} phút" if words >= 1.5 * READING else None,
        "qr": frame.script(QR),
        "report": _report(site, title, item.path),
    }


def _words_to_share(frame: Frame, item: Item) -> str:
    """Return what is passed on: a session's with its time, at most SHARED characters in all."""
    address = frame.site.absolute(item.path)
    title, overline = item.heading, item.overline
    named = f"{overline}: {title}" if overline else title
    beginning, rest = "", f"\n{address}"
    if isinstance(item, Training) and (session := item.session) and session.phase != "after":
        when = f"{session_brief(frame, item).time}, {weekday(frame.local(session.starts_at)).text}"
        place = f", {session.venue}" if session.venue and len(session.venue) <= 60 else ""
        beginning, rest = "Mời bà con dự: ", f"\n{when}{place}.\nXem tại: {address}"
    return f"{beginning}{shorten(named, max(40, SHARED - len(beginning) - len(rest)))}{rest}"


def _report(site: Site, title: str, path: str) -> Anchor | None:
    if not site.owner.email:
        return None
    subject, words = quote(f"Báo lỗi: {shorten(title, 80)}"), quote(f"Trang: {site.absolute(path)}\nLỗi thấy được: ")
    return Anchor("Báo lỗi bài này", f"mailto:{site.owner.email}?subject={subject}&body={words}")


def _briefs(frame: Frame, items: Sequence[Item]) -> tuple[Brief, ...]:
    return tuple(Brief(item.heading, frame.site.href(item.path), _note(frame, item)) for item in items)


def _note(frame: Frame, item: Item) -> str:
    """Return what tells an item apart in a short list: a document's number, a session's day, else the day of publication."""
    if isinstance(item, Document):
        return f"{item.document_type} {item.document_number}, {format_date(item.issued_on)}"
    session = item.session if isinstance(item, Training) else None
    return weekday(frame.local(session.starts_at)).text if session else day(frame.local(item.date)).text


# ── a document ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _document(frame: Frame, item: Document) -> dict[str, Any]:
    groups = ((title, getattr(item, relation)) for relation, title in _RELATION_TITLES.items())
    return {
        "validity": validity_badge(item),
        "facts": _document_facts(frame, item),
        "relations": tuple(RelationGroup(title=title, documents=_related(frame, found)) for title, found in groups if found),
        "files": tuple(file_view(frame, attachment.file, attachment.label) for attachment in item.attachments),
    }


def _related(frame: Frame, found: Sequence[Related]) -> tuple[Fact, ...]:
    return tuple(Fact(term=one.number, text=one.title or "", href=frame.site.href(one.path) if one.path else None) for one in found)


def _document_facts(frame: Frame, item: Document) -> tuple[Fact, ...]:
    site = frame.site
    issuer = site.issuer(item.issuing_body)
    signatory = item.signatory
    signed = ", ".join(part for part in (signatory.name, signatory.position) if part) if signatory else None
    lines = (
        ("Số, ký hiệu", item.document_number, None),
        ("Loại văn bản", item.document_type, None),
        ("Cơ quan ban hành", issuer.name, None if item.state is State.WITHDRAWN else site.href(paths.issuer(issuer.id))),
        ("Ngày ban hành", format_date(item.issued_on), None),
        ("Người ký", signed, None),
        ("Ngày có hiệu lực", format_date(item.effective_on) if item.effective_on else None, None),
        ("Ngày ngưng hiệu lực", format_date(item.suspended_on) if item.suspended_on else None, None),
        ("Ngày hết hiệu lực", format_date(item.expires_on) if item.expires_on else None, None),
        ("Nơi có bản gốc", item.source_url, item.source_url),
    )
    facts = tuple(Fact(term=term, text=text, href=href) for term, text, href in lines if text)
    return (*facts, Fact(term="Khi trích dẫn, ghi", text=cite(item, issuer.name), copied=True))


def file_view(frame: Frame, file: File, label: str) -> FileView:
    """Return a file as readers are offered it."""
    picture = first_page_picture(file)
    return FileView(
        label=label,
        href=frame.site.href(file.path),
        facts=file_facts(file),
        here=True,
        digest=file.digest,
        picture=FirstPageView(frame.site.href(picture.path), picture.width, picture.height) if picture else None,
    )


# ── a training ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _training(frame: Frame, item: Training) -> dict[str, Any]:
    site = frame.site
    return {
        "audiences": tuple(Anchor(site.audience(id_).name, site.href(paths.audience(id_))) for id_ in item.audience),
        "files": tuple(_material(frame, material) for material in item.materials),
        "session": _session(frame, item) if item.session else None,
    }


def _material(frame: Frame, material: Material) -> FileView:
    if material.file:
        return file_view(frame, material.file, material.label)._replace(digest=None)
    assert material.url is not None
    return FileView(label=material.label, href=material.url, facts=material_facts(material), here=False, digest=None)


def _session(frame: Frame, item: Training) -> SessionView:
    session, site = item.session, frame.site
    assert session is not None
    over = session.phase == "after"
    brief = session_brief(frame, item)
    lines = (
        ("Thời gian", f"{brief.time}, {weekday(frame.local(session.starts_at)).text}"),
        ("Đơn vị tổ chức", session.organizer),
        ("Hội trường chính", session.venue),
    )
    attendance = session.attendance
    counts = (
        ("Người dự tại các điểm cầu", attendance.meeting_points, "người"), ("Lượt theo dõi trực tuyến", attendance.online, "lượt")
    ) if attendance else ()  # fmt: skip
    return SessionView(
        brief=brief,
        ends_iso=frame.local(session.ends_at).isoformat(),
        begins=f"{frame.local(session.starts_at):%H:%M}, {weekday(frame.local(session.starts_at)).text}",
        phases=tuple(Badge(key, words) for key, words in PHASES.items()),
        facts=tuple(Fact(term=term, text=text) for term, text in lines if text),
        streams=tuple(_stream(site, f"Xem trực tiếp trên {site.channel(one.channel).name}", one.url) for one in session.streams),
        recording=_stream(site, "Xem lại bản ghi", session.recording) if session.recording else None,
        calendar=None if over else Anchor("Thêm vào lịch", site.href(paths.session_calendar(item.path))),
        leaflet=None if over else Anchor("In tờ rơi", site.href(paths.leaflet(item.path))),
        meeting_points=tuple(
            Fact(term=point.name, text=", ".join(part for part in (point.address, point.locality) if part))
            for point in session.meeting_points
        ),
        agenda=tuple(Fact(term=entry.at, text=entry.what) for entry in session.agenda),
        attendance=tuple(
            Fact(term=term, text=f"{format_number(count)} {unit}") for term, count, unit in counts if count is not None
        ),
    )


def _stream(site: Site, label: str, url: str) -> Stream:
    return Stream(label, url, frame_of(url, site.livestream_hosts))


def _plays(site: Site, item: Item) -> bool:
    """Return whether a session can be watched on its page."""
    session = item.session if isinstance(item, Training) else None
    urls = (*(stream.url for stream in session.streams), session.recording) if session else ()
    return any(url and frame_of(url, site.livestream_hosts) for url in urls)
