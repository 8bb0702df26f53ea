"""Items, a site and a catalogue for the tests of feeds: every value can be given, the rest is plain."""

from dataclasses import fields
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

from chuyendoiso.model import site
from chuyendoiso.model.content_types.consultation import Consultation
from chuyendoiso.model.content_types.document import Attachment, Document
from chuyendoiso.model.content_types.news import News
from chuyendoiso.model.content_types.question import OWNER, AnsweredBy, Question
from chuyendoiso.model.content_types.training import Training
from chuyendoiso.model.history import make_timeline
from chuyendoiso.model.items import Body, BodyRef, Catalogue, ChannelWords, Cover, File, Item, Picture, newest_first
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.target import Dependencies, FileFacts
from chuyendoiso.model.vocabulary import ConsultationState, Kind, PublicationState, Validity
from chuyendoiso.outputs.channels.zalo import plan_sent
from chuyendoiso.outputs.feeds import plan_feeds

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CARD = "/media/the/the.png"
SITE = site.Site(
    name="Chuyển đổi số",
    tagline="Tin của tỉnh",
    url="https://so.tinh.gov.vn/cds/",
    language="vi",
    timezone="Asia/Ho_Chi_Minh",
    feed_authority="tinh.gov.vn,2026",
    owner=site.Owner(name="Sở Khoa học và Công nghệ", address=None, phone=None, email=None),
    topics=(site.Topic(slug="xa-hoi-so", name="Xã hội số"), site.Topic(slug="kinh-te-so", name="Kinh tế số")),
    audiences=(),
    issuers=(site.Issuer(id="ubnd", name="Ủy ban nhân dân", since=None, until=None, successor=None),),
    channels=(),
    livestream_hosts=(),
    yearly_totals=(),
    limits=Limits(),
)


def at(day, hour=8):
    return datetime(2026, 11, day, hour, tzinfo=ZONE)


BODIES = {}  # of all items made, by digest


def body(*parts):
    made = Body(parts or ("<p>Thân bài.</p>",), "Thân bài.", ())
    ref = BodyRef(repr(made), tuple(part for part in made.parts if not isinstance(part, str)))
    BODIES[ref.digest] = made
    return ref


def bytes_of(output, sizes=None):
    """Make a planned file as the scheduler does; `sizes` gives the bytes of the files that it tells of."""
    if output.bodies is None and output.depends_on is None:
        return output.make(output.inputs)
    files = {path: FileFacts(size, path.encode().hex()) for path, size in (sizes or {}).items()}
    return output.make(output.inputs, Dependencies({one.digest: BODIES[one.digest] for one in output.bodies or ()}, files))


def picture(name="a", width=1600, height=900):
    return Picture(f"media/{name}.jpg", (name * 64)[:64], width, height)


def cover(name="a", alt="Hội trường", **size):
    return Cover(picture=picture(name, **size), alt=alt, caption=None, credit=None)


def file(name="a", size=12345):
    return File(f"media/{name}.pdf", f"/media/{name}.pdf", "application/pdf", size, (name * 64)[:64])


def news(slug="bai", **changes):
    return News(**{**_common(slug, Kind.NEWS), **changes})


def document(slug="van-ban", files=(), **changes):
    none = dict.fromkeys("amends replaces repeals amended_by replaced_by repealed_by".split(), ())
    dates = dict.fromkeys("effective_on expires_on suspended_on signatory source_url".split())
    own = {
        "document_number": "1/QĐ-UBND",
        "document_type": "Quyết định",
        "issuing_body": "ubnd",
        "issued_on": date(2024, 1, 5),
        "subject": "Về việc",
        "attachments": tuple(Attachment(file=one, label="Bản gốc") for one in files),
        "validity": Validity.UNVERIFIED,
    }
    return Document(**{**_common(slug, Kind.DOCUMENT), **none, **dates, **own, **changes})


def training(slug="tap-huan", **changes):
    own = {"audience": (), "materials": (), "session": None}
    return Training(**{**_common(slug, Kind.TRAINING), **own, **changes})


def question(slug="hoi", **changes):
    own = {
        "title": "Xem ở đâu?", "answered_by": AnsweredBy(OWNER, None), "asked": None, "also_asked": (), "about": (), "hidden": (), "checked_ahead": False,
        "checked_on": date(2026, 11, 1), "check_again": date(2027, 11, 1), "stale": (),
    }  # fmt: skip
    return Question(**{**_common(slug, Kind.QUESTION), **own, **changes})


def consultation(slug="du-thao", **changes):
    own = {
        "opens_on": date(2026, 11, 1), "closes_on": date(2026, 11, 21), "drafting_body": "ubnd", "subject": "Về việc",
        "attachments": (Attachment(file("du-thao"), "Dự thảo"),), "ways_to_respond": ("dien-thoai", "thu"), "elsewhere": None, "received": None,
        "response": None, "becomes": None, "unpublished": None, "cancelled": None, "stage": ConsultationState.OPEN, "overdue": False,
    }  # fmt: skip
    return Consultation(**{**_common(slug, Kind.CONSULTATION), **own, **changes})


def _common(slug, kind):
    folder = f"{kind}/2026" if kind is Kind.NEWS else kind.value
    path = f"/{folder}/{slug}/"
    given = {
        "kind": kind,
        "source": f"{folder}/{slug}.md",
        "path": path,
        "id": SITE.permanent_id(path),
        "state": PublicationState.PUBLISHED,
        "title": "Tên bài",
        "date": at(1),
        "summary": "Tóm tắt bài.",
        "topic": "xa-hoi-so",
        "body": body(),
        "pinned": False,
        "zalo": ChannelWords(),
        "lang": "vi",
    }
    empty = dict.fromkeys(("tags", "authors", "corrections", "aliases"), ())
    none = {field.name: None for field in fields(Item) if field.init}
    return {**none, **empty, **given}


def catalogue(*items, withdrawn=(), tags=()):
    """Return a catalogue of the items, newest first, as `gather` orders them."""
    ordered = tuple(sorted(items, key=newest_first))
    return Catalogue(items=ordered, pages=(), withdrawn=withdrawn, tag_names=dict(tags))


# one item of each kind, with all that a feed can say of it
TITLE = 'Đường & "phố" <số> ]]> 🇻🇳'
ITEMS = (
    news("mot", date=at(3), title=TITLE, summary="Tóm <tắt> & lời", tags=("so-hoa",), authors=("Nguyễn Hương",), cover=cover("a")),
    news("hai", date=at(2), modified=at(9), change_note="Sửa.", topic="kinh-te-so", body=body("<p>A &amp; <b>B</b></p>")),
    document("ba", date=at(1), files=(file("f"),), summary="Ba & bốn"),
    training("nam", date=at(4), modified=at(5)),
)  # fmt: skip


def feed_outputs(gathered, site=SITE, history=None, as_of=None):
    """Plan the feeds of a catalogue, with the dates of the front matter if there is no history."""
    timeline = make_timeline(gathered, history, as_of or at(30))
    return chain(plan_feeds(gathered, site, timeline), plan_sent(gathered, site, timeline, lambda item: CARD))


def feed_files(items):
    """Return the feed of all of some items in its three formats, by file name."""
    found = {}
    for output in feed_outputs(catalogue(*items, tags=[("so-hoa", "Số hóa")])):
        if output.path.startswith("feeds/tat-ca/"):
            found[Path(output.path).name] = bytes_of(output, dict.fromkeys(output.depends_on or (), 7))
    return found
