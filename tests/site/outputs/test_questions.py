"""Answered questions and drafts for comment, from files to pages, feeds, JSON, calendars and checks, as the clock turns."""

import gzip
import json
import random
import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from conftest import ROOT, SITES, build_site, order, tree
from feed_rules import faults
from icalendar import Calendar
from lxml import etree, html

from chuyendoiso.build import pipeline
from chuyendoiso.model.limits import Limits
from chuyendoiso.outputs.search import text_of
from chuyendoiso.outputs.search.words import plain, syllables
from chuyendoiso.system.progress import Progress

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CDS = "{urn:x-chuyendoiso:feed:1}"
PDF = next((SITES / "small/media").rglob("*.pdf"))
COMMON = {"title": "Bài", "date": "2026-01-02", "summary": "Tóm tắt.", "topic": "xa-hoi-so"}
DOCUMENT = {
    **COMMON, "document_number": "1/QĐ-UBND", "document_type": "Quyết định", "issuing_body": "ubnd", "issued_on": "2025-01-02",
    "subject": "Về việc", "effective_on": "2025-02-01",
}  # fmt: skip
QUESTION = {**COMMON, "title": "Xem ở đâu?", "answered_by": "owner", "checked_on": "2026-01-02"}
DRAFT = {
    **COMMON, "title": "Dự thảo Quy chế", "opens_on": "2026-02-01", "closes_on": "2026-02-28", "drafting_body": "ubnd",
    "subject": "Quy chế", "attachments": "[{file: /media/a.pdf, label: Dự thảo}]",
}  # fmt: skip


class Site:
    """A content folder that a test writes, and the site that is built from it."""

    def __init__(self, root: Path, owner: str = ""):
        self.content, self.output = root / "content", root / "output"
        self.write("site.yml", (SITES / "base.yml").read_text("utf-8").replace(', address: "Số 1, đường Thử"', owner))
        (self.content / "media").mkdir()
        shutil.copy(PDF, self.content / "media/a.pdf")

    def write(self, name: str, fields: dict[str, str] | str, body: str = "Chữ.\n") -> None:
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(fields, dict):
            fields = "---\n" + "".join(f"{key}: {value}\n" for key, value in fields.items()) + f"---\n{body}"
        path.write_text(fields, "utf-8")

    def at(self, *instant: int, **options) -> "Site":
        self.now = datetime(*instant, tzinfo=ZONE)
        self.result = build_site(self.content, self.output, now=self.now, share_cards=False, **options)
        return self

    def page(self, path: str):
        return html.parse(self.output / path.strip("/") / "index.html").getroot()

    def text(self, path: str) -> str:
        return " ".join(self.page(path).xpath("string(//main)").split())

    def json(self, path: str):
        return json.loads((self.output / path.strip("/")).read_text("utf-8"))

    def fields(self, path: str) -> dict[str, str]:
        """Return our own fields of the entry of a page in the feed of everything."""
        feed = etree.parse(self.output / "feeds/tat-ca/rss.xml")
        (entry,) = [item for item in feed.iter("item") if item.findtext("link").endswith(path)]
        return {child.tag.removeprefix(CDS): child.text for child in entry if child.tag.startswith(CDS)}

    def warnings(self) -> list[str]:
        ordered = order(self.content, self.output, now=self.now)
        return [f"{one.path}:{one.line} {one.rule}" for one in pipeline.read(ordered, Progress(quiet=True)).problems]


# ── an answer knows when it is stale ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"expires_on": "2026-06-01"}, "Văn bản 1/QĐ-UBND đã hết hiệu lực."),
        ({"suspended_on": "2026-06-01"}, "Văn bản 1/QĐ-UBND đã ngưng hiệu lực."),
        ({}, "Văn bản 1/QĐ-UBND đã hết hiệu lực."),  # replaced by another that comes into force
        (None, "Câu trả lời chưa được kiểm tra lại, hạn là ngày 01/06/2026."),
    ],
)
def test_an_answer_says_that_it_is_stale_at_the_same_instant_as_all_else(tmp_path, change, reason):
    site = Site(tmp_path)
    own = {"check_again": "2026-06-01"} if change is None else {"about": "[../van-ban/mot.md]"}
    site.write("van-ban/mot.md", {**DOCUMENT, **(change or {})})
    if change == {}:
        site.write(
            "van-ban/hai.md",
            {**DOCUMENT, "title": "Hai", "document_number": "2/QĐ-UBND", "effective_on": "2026-06-01", "replaces": "[1/QĐ-UBND]"},
        )
    site.write("hoi-dap/o-dau.md", {**QUESTION, **own})
    path, notice = "/hoi-dap/o-dau/", "Câu trả lời này có thể không còn đúng"
    site.at(2026, 5, 31, 23, 59)
    assert notice not in site.text(path)
    assert "stale" not in site.fields(path)
    assert "stale" not in site.json(f"{path}index.json")["question"]
    assert site.warnings() == []
    assert site.result.site_plan.next_transition == datetime(2026, 6, 1, tzinfo=ZONE)
    site.at(2026, 6, 1, 0, 0)
    assert f"{notice} {reason}" in site.text(path)
    assert site.text(path).index(notice) < site.text(path).index("Trả lời ngắn")
    assert site.fields(path)["stale"] == reason
    assert "Cần kiểm tra lại" in site.text("/hoi-dap/")
    assert site.json(f"{path}index.json")["question"]["stale"][0].lower() == reason.removesuffix(".").lower()
    assert f"<strong>Lưu ý:</strong> {reason}" in next(
        item["content_html"] for item in site.json("feeds/tat-ca/feed.json")["items"] if item["url"].endswith(path)
    )
    assert site.warnings() == ["content/hoi-dap/o-dau.md:8 stale-answer"]
    blocks = json.dumps(site.json("feeds/zalo/hoi-dap-o-dau.json"), ensure_ascii=False)
    assert f"<b>Lưu ý:</b> {reason}" in blocks


def test_an_answer_is_fresh_again_once_it_is_checked(tmp_path):
    site = Site(tmp_path)
    site.write("hoi-dap/o-dau.md", {**QUESTION, "checked_on": "2025-05-31"})
    assert "không còn đúng" in site.at(2026, 6, 1).text("/hoi-dap/o-dau/")
    site.write("hoi-dap/o-dau.md", {**QUESTION, "checked_on": "2026-06-01"})
    assert "không còn đúng" not in site.at(2026, 6, 1, 0, 1).text("/hoi-dap/o-dau/")


def test_a_warning_of_a_day_to_come_ends_on_that_day(tmp_path):
    site = Site(tmp_path)
    site.write("hoi-dap/o-dau.md", {**QUESTION, "checked_on": "2026-02-10"})
    assert site.at(2026, 2, 9, 23, 59).warnings() == ["content/hoi-dap/o-dau.md:7 check-order"]
    assert site.at(2026, 2, 10).warnings() == []


def test_a_question_is_on_the_pages_that_it_is_about(tmp_path):
    site = Site(tmp_path)
    session = '{starts_at: "2026-12-10 14:00", ends_at: "2026-12-10 16:00"}'
    site.write("tap-huan/hop.md", {**COMMON, "audience": "[nguoi-dan]", "session": session})
    site.write("van-ban/mot.md", DOCUMENT)
    site.write("tin-tuc/2026/tin.md", COMMON)
    site.write("hoi-dap/a.md", {**QUESTION, "about": "[../tap-huan/hop.md, ../van-ban/mot.md, ../tin-tuc/2026/tin.md]"})
    site.at(2026, 2, 1)
    titles = {
        "/tap-huan/hop/": "Câu hỏi của bà con",
        "/van-ban/mot/": "Câu hỏi về văn bản này",
        "/tin-tuc/2026/tin/": "Câu hỏi về bài này",
    }
    for path, title in titles.items():
        (section,) = site.page(path).xpath(f"//section[h2='{title}']")
        assert section.xpath(".//a/@href") == ["/hoi-dap/a/"]
    (about,) = site.page("/hoi-dap/a/").xpath("//section[h2='Câu hỏi này nói về']")
    assert about.xpath(".//a/@href") == list(titles)
    data = json.loads(site.page("/hoi-dap/a/").xpath("string(//script[@type='application/ld+json'])"))["@graph"][0]
    assert (data["@type"], data["acceptedAnswer"]["text"]) == ("Question", "Tóm tắt.")


@pytest.mark.parametrize("letter", ["a", "ế", "🙂"])
def test_an_answer_in_terms_of_schema_org_is_small(tmp_path, letter):
    site = Site(tmp_path)
    site.write("hoi-dap/a.md", {**QUESTION, "title": f"a{letter * 198}?", "summary": letter * 300})
    script = site.at(2026, 2, 1).page("/hoi-dap/a/").xpath("string(//script[@type='application/ld+json'])")
    assert len(json.dumps(json.loads(script)["@graph"][0], ensure_ascii=False).encode()) <= 400


# ── the states of a draft ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_goes_through_its_states_by_the_clock(tmp_path):
    site, path = Site(tmp_path, ", phone: 0123 456 789, email: so@thu.gov.vn"), "/lay-y-kien/quy-che/"
    response = "{on: 2026-04-10, summary: Đã tiếp thu 30 góp ý., attachments: [{file: /media/a.pdf, label: Bản giải trình}]}"
    issued = "{number: 5/QĐ-UBND, issuing_body: ubnd, issued_on: 2026-05-01}"
    site.write("tin-tuc/2026/tin.md", COMMON)
    site.write("lay-y-kien/quy-che.md", {**DRAFT, "received": "42", "response": response, "becomes": issued})
    seen = []
    for instant in ((1, 31, 23, 59), (2, 1), (2, 28, 23, 59), (3, 1), (4, 9, 23), (4, 10), (4, 30, 23), (5, 1)):
        site.at(2026, *instant)
        (badge,) = site.page(path).xpath("//p[@class='cds-article__state']")
        home = bool(site.page("/").xpath("//h2[.='Đang lấy ý kiến']"))
        seen.append(
            (" ".join(badge.text_content().split()), site.fields(path)["state"], home, "Góp ý đến hết ngày" in site.text(path))
        )
        assert site.json(f"{path}index.json")["consultation"]["state"] == site.fields(path)["state"]
    before, open_ = (
        ("Sắp lấy ý kiến, từ ngày 01/02/2026", "upcoming", False, False),
        ("Đang lấy ý kiến đến hết ngày 28/02/2026", "open", True, True),
    )
    closed, responded = ("Đang tổng hợp ý kiến", "closed", False, False), ("Đã tiếp thu và giải trình", "responded", False, False)
    assert seen == [before, open_, open_, closed, closed, responded, responded, ("Đã ban hành", "issued", False, False)]
    text = site.text(path)
    assert text.index("Đã nhận 42 góp ý.") < text.index("Ngày 10/04/2026: Đã tiếp thu 30 góp ý.")
    assert "5/QĐ-UBND, Ủy ban nhân dân, 01/05/2026" in text


def test_readers_and_editors_see_a_short_consultation(tmp_path):
    site = Site(tmp_path, ", phone: 0123 456 789")
    for days, short in ((19, True), (20, False)):
        site.write("lay-y-kien/a.md", {**DRAFT, "closes_on": f"2026-02-{days}"})
        text = site.at(2026, 2, 1).text("/lay-y-kien/a/")
        assert f"01/02/2026 – {days}/02/2026, {days} ngày" in text
        assert ("Thời gian này ngắn hơn 20 ngày như thông thường." in text) is short
        assert bool(site.warnings()) is short


def test_without_a_response_readers_and_editors_see_it(tmp_path):
    site = Site(tmp_path)
    site.write("lay-y-kien/a.md", DRAFT)
    assert "đang tổng hợp, chưa có giải trình" in site.at(2026, 4, 29, 23, 59).text("/lay-y-kien/a/")
    assert site.warnings() == []
    assert "Đã quá 60 ngày mà chưa có giải trình." in site.at(2026, 4, 30).text("/lay-y-kien/a/")
    assert site.warnings() == ["content/lay-y-kien/a.md:7 response-overdue"]


def test_the_document_that_a_draft_became_links_back(tmp_path):
    site = Site(tmp_path)
    site.write("van-ban/mot.md", {**DOCUMENT, "issued_on": "2026-03-02"})
    site.write("lay-y-kien/a.md", {**DRAFT, "becomes": "1/QĐ-UBND"})
    site.at(2026, 3, 3)
    assert site.page("/lay-y-kien/a/").xpath("//a[.='1/QĐ-UBND']/@href") == ["/van-ban/mot/"]
    assert site.page("/van-ban/mot/").xpath("//section[h2='Dự thảo đã lấy ý kiến']//a/@href") == ["/lay-y-kien/a/"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cancelled": "Chưa cần nữa."}, "Lý do dừng Chưa cần nữa."),
        ({"status": "withdrawn", "withdrawn_reason": "Đăng nhầm."}, "Lý do: Đăng nhầm."),
        ({"closes_on": "2026-03-31", "modified": "2026-02-27", "change_note": "Gia hạn."}, "Góp ý đến hết ngày 31/03/2026"),
        ({"elsewhere": "https://gop-y.vn/"}, "Góp ý tại trang lấy ý kiến"),
    ],
)
def test_a_draft_that_is_stopped_withdrawn_or_extended_and_what_was_before(tmp_path, change, words):
    site, path = Site(tmp_path, ", phone: 0123 456 789"), "/lay-y-kien/a/"
    for fields in (DRAFT, {**DRAFT, **change}, DRAFT):
        site.write("lay-y-kien/a.md", fields)
        site.at(2026, 2, 28)
        assert (words in site.text(path)) is (fields is not DRAFT)
    days = Calendar.from_ical((site.output / "lich/hoi-nghi.ics").read_bytes()).events
    assert [(str(day["summary"]), str(day["dtstart"].dt)) for day in days] == [("Hạn góp ý: Dự thảo Quy chế", "2026-02-28")]
    assert "Hạn góp ý" in site.text("/tap-huan/lich/2026-02/")


# ── routes ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

OWNER = ', phone: 0228 3 649 000, email: hoi@so.gov.vn, address: "Số 1, đường Thử"'


def test_every_page_has_the_routes_that_the_settings_have(tmp_path):
    site = Site(tmp_path, OWNER)
    settings = site.content / "site.yml"
    text = settings.read_text("utf-8").replace("channels: [", "channels: [{id: zalo, name: Zalo, url: 'https://zalo.me/1'}, ")
    settings.write_text(f"{text}petitions_url: https://khieu-nai.gov.vn/\n", "utf-8")
    site.write("tin-tuc/2026/tin.md", {**COMMON, "title": "'A & \"B\" #1?'"})
    site.at(2026, 2, 1)
    pages = [
        page
        for page in site.output.resolve().rglob("*.html")
        if "nhung" not in page.parts and b'http-equiv="refresh"' not in page.read_bytes()
    ]
    without = {page for page in pages if not html.parse(page).xpath("//aside[@class='cds-ask']")}
    assert len(pages) > 15
    assert without == set()
    (block,) = site.page("/tin-tuc/2026/tin/").xpath("//aside[@class='cds-ask']")
    hrefs = block.xpath(".//a/@href")
    assert [href.partition("?")[0] for href in hrefs] == [
        "tel:02283649000",
        "https://zalo.me/1",
        "mailto:hoi@so.gov.vn",
        "/phieu-hoi/",
        "https://khieu-nai.gov.vn/",
    ]
    assert "subject=H%E1%BB%8Fi%3A%20A%20%26%20%22B%22%20%231%3F&body=Trang%3A%20https%3A//" in hrefs[2]
    source = (site.output / "tin-tuc/2026/tin/index.html").read_bytes()
    start = source.index(b'<aside class="cds-ask"')
    end = source.index(b"</aside>", start) + len(b"</aside>")
    assert len(gzip.compress(source, 9, mtime=0)) - len(gzip.compress(source[:start] + source[end:], 9, mtime=0)) <= 600
    form = site.text("/phieu-hoi/")
    assert "Nơi nhận: Phòng Thử nghiệm, Số 1, đường Thử" in form


@pytest.mark.parametrize(
    ("owner", "routes"),
    [("", []), (", phone: 0123 456 789", ["tel:0123456789", "/phieu-hoi/"]), (', address: "Số 1"', ["/phieu-hoi/"])],
)
def test_a_route_that_the_settings_lack_is_nowhere(tmp_path, owner, routes):
    site = Site(tmp_path, owner)
    session = '{starts_at: "2026-12-10 14:00", ends_at: "2026-12-10 16:00"}'
    site.write("tap-huan/hop.md", {**COMMON, "audience": "[nguoi-dan]", "session": session})
    site.at(2026, 2, 1)
    assert site.page("/").xpath("//aside[@class='cds-ask']//a/@href") == routes
    assert (site.output / "phieu-hoi").exists() is bool(routes)
    leaflet = site.text("/tap-huan/hop/to-roi/")
    assert ("Câu hỏi gửi trước" in leaflet, "Phiếu hỏi" in leaflet) == (bool(routes), bool(routes))


# ── empty sections ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_links_to_an_empty_section(committed, tmp_path):
    site = Site(tmp_path)
    site.write("tin-tuc/2026/tin.md", COMMON)
    site.at(2026, 2, 1)
    empty = {site.output.resolve(): ["/hoi-dap/", "/lay-y-kien/", "/van-ban/", "/tap-huan/"], committed.resolve(): ["/lay-y-kien/"]}
    for output, sections in empty.items():
        for page in output.rglob("*.html"):
            links = set(html.parse(page).xpath("//a/@href"))
            outside = {path for path in sections if path.strip("/") not in page.relative_to(output).parts}
            assert not links & outside, page
        sitemap = (output / "sitemap.xml").read_text("utf-8")
        opml = (output / "feeds/nguon-tin.opml").read_text("utf-8")
        for section in sections:
            assert f"{section}</loc>" not in sitemap
            assert f"/feeds{section}rss.xml" not in opml


def test_the_committed_content_answers_questions(committed):
    records = [json.loads(path.read_text("utf-8")) for path in committed.resolve().glob("hoi-dap/*/index.json")]
    assert len(records) >= 8
    for record in records:
        own = record["question"]
        assert own["answered_by"].keys() == {"name"}  # the owner, without a position
        assert "asked" not in own
        assert "stale" not in own
    assert not (ROOT / "content/lay-y-kien").exists()


# ── many ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

WORDS = "xem hội nghị trực tuyến ở đâu khi nào có mất tiền không cần giấy tờ gì đăng ký thế ai trả lời bao giờ nộp hồ sơ".split()


def test_200_of_both_kinds(tmp_path):
    chance, site = random.Random(30), Site(tmp_path, OWNER)
    for number in range(20):
        dates = {
            "effective_on": f"2025-0{number % 9 + 1}-01",
            **({"expires_on": f"2026-0{number % 9 + 1}-15"} if number % 3 == 0 else {}),
        }
        site.write(f"van-ban/vb-{number}.md", {**DOCUMENT, "document_number": f"{number}/QĐ-UBND", **dates})
    asked = {}
    for number in range(150):
        asked[number] = " ".join(chance.sample(WORDS, 6)) + f" lần {number}"
        about = ", ".join(f"../van-ban/vb-{one}.md" for one in chance.sample(range(20), chance.randrange(3)))
        fields = {
            "title": f"Câu hỏi số {number}?",
            "date": f"2026-01-{number % 28 + 1:02}",
            "checked_on": f"2025-0{number % 9 + 1}-02",
        }
        own = {"also_asked": f"[{asked[number]}]", "about": f"[{about}]"}
        site.write(f"hoi-dap/hoi-{number}.md", {**QUESTION, **fields, **own})
    for number in range(50):
        opens, closes = f"2026-0{number % 9 + 1}-01", f"2026-0{number % 9 + 1}-28"
        own = {"response": f"{{on: 2026-1{number % 3}-01, summary: Đã tiếp thu.}}"} if number % 2 else {}
        dates = {"title": f"Dự thảo {number}", "opens_on": opens, "closes_on": closes}
        site.write(f"lay-y-kien/du-thao-{number}.md", {**DRAFT, **dates, **own})
    site.at(2026, 6, 1)
    site.at(2026, 9, 10)  # later: an incremental build
    clean = Site(tmp_path / "other")
    shutil.rmtree(clean.content)
    shutil.copytree(site.content, clean.content)
    clean.at(2026, 9, 10)
    assert tree(site.output) == tree(clean.output)
    feeds = [
        path for path in sorted((site.output / "feeds").rglob("*")) if path.name.endswith(("rss.xml", "atom.xml", "feed.json"))
    ]
    assert {path.name: found for path in feeds if (found := faults(path.name, path.read_bytes()))} == {}
    limits = Limits()
    for path in (site.output / "feeds/zalo").glob("*.json"):
        article = json.loads(path.read_text("utf-8"))["article"]
        assert len(article["title"]) <= limits.zalo_title
        assert len(article["description"]) <= limits.zalo_description
    for number, words in asked.items():
        item = site.result.site_plan.resolved.catalogue.by_path[f"/hoi-dap/hoi-{number}/"]
        assert set(map(plain, syllables(words))) <= set(map(plain, syllables(text_of(item, site.result.site_plan.site).title)))


# ── what is not public stays so ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("change", [{"status": "draft"}, {"date": "2026-12-24"}])
def test_nothing_tells_of_a_hidden_item(tmp_path, change):
    site = Site(tmp_path)
    site.write(
        "van-ban/kin.md", {**DOCUMENT, "title": "Tên còn kín", "document_number": "77/QĐ-UBND", "issued_on": "2026-03-02", **change}
    )
    site.write("hoi-dap/a.md", {**QUESTION, "about": "[../van-ban/kin.md]"})
    site.write("lay-y-kien/a.md", {**DRAFT, "becomes": "77/QĐ-UBND"})
    site.at(2026, 3, 3)
    hidden = ("Tên còn kín".encode(), "77/QĐ-UBND".encode())
    assert [path for path, data in tree(site.output).items() if any(words in data for words in hidden)] == []
    assert site.json("lay-y-kien/a/index.json")["consultation"]["state"] == "closed"
    assert "about" not in site.json("hoi-dap/a/index.json")["question"]
    assert "content/lay-y-kien/a.md:11 hidden-target" in site.warnings()
    site.write("van-ban/mot.md", {**DOCUMENT, "amends": "[77/QĐ-UBND]"})  # which names it by its number
    site.at(2026, 3, 3)
    assert "77/QĐ-UBND" in site.text("/van-ban/mot/")
    assert [path for path, data in tree(site.output).items() if hidden[0] in data] == []


def test_a_draft_leads_to_the_notice_of_a_withdrawn_document(tmp_path):
    site = Site(tmp_path)
    gone = {"issued_on": "2026-03-02", "status": "withdrawn", "withdrawn_reason": "Đăng nhầm bản."}
    site.write("van-ban/mot.md", {**DOCUMENT, **gone})
    site.write("lay-y-kien/a.md", {**DRAFT, "becomes": "1/QĐ-UBND"})
    site.at(2026, 3, 3)
    assert site.page("/lay-y-kien/a/").xpath("//a[.='1/QĐ-UBND']/@href") == ["/van-ban/mot/"]


def test_a_document_off_the_site_has_its_issuer_and_day(tmp_path):
    site = Site(tmp_path)
    site.write("lay-y-kien/a.md", {**DRAFT, "becomes": "{number: 5/QĐ-UBND, issuing_body: ubnd, issued_on: 2026-03-02}"})
    assert site.at(2026, 3, 3).json("lay-y-kien/a/index.json")["consultation"]["becomes"] == {
        "number": "5/QĐ-UBND", "issuing_body": "Ủy ban nhân dân", "issued_on": "2026-03-02",
    }  # fmt: skip


def test_a_draft_that_was_stopped_early_counts_no_comments(tmp_path):
    site = Site(tmp_path)
    site.write("lay-y-kien/a.md", {**DRAFT, "cancelled": "Chưa cần."})
    text = site.at(2026, 1, 10).text("/lay-y-kien/a/")
    assert "Lý do dừng Chưa cần." in text
    assert "Ý kiến đã nhận" not in text


def test_a_form_on_paper_needs_a_place_to_hand_it_in(tmp_path):
    site = Site(tmp_path, ", phone: 0123 456 789")
    site.write("lay-y-kien/a.md", {**DRAFT, "ways_to_respond": "[giay]"})
    assert site.at(2026, 2, 1).warnings() == ["content/lay-y-kien/a.md:11 no-way-to-respond"]


def test_the_telephone_has_one_link(tmp_path):
    site = Site(tmp_path, ', phone: "(0000) 000-000"')
    site.write("tin-tuc/2026/tin.md", COMMON)
    links = site.at(2026, 2, 1).page("/tin-tuc/2026/tin/").xpath("//a[starts-with(@href, 'tel:')]/@href")
    assert links == ["tel:0000000000"] * 2
