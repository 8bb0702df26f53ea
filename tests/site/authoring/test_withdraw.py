"""`invoke withdraw`: one item taken down by two lines, and nothing else of its file touched."""

import shutil

import pytest
from conftest import NOW, ROOT, SITES, build_site

from chuyendoiso.authoring.check_command import problems_of
from chuyendoiso.authoring.withdrawal import withdraw
from chuyendoiso.authoring.yaml_writer import set_fields
from chuyendoiso.model.problems import ContentRejected
from chuyendoiso.model.vocabulary import EditorStatus
from chuyendoiso.system.errors import WrongUse

ARTICLE = "---\ntitle: Một\ndate: 2026-11-20\nsummary: Tóm tắt.\ntopic: xa-hoi-so\n{}---\nThân bài.\n"
REASON = 'Sai: xem "bài mới" #2'
GONE = "status: withdrawn\nwithdrawn_reason: 'Sai: xem \"bài mới\" #2'\n"


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "content"
    (folder / "tin-tuc/2026").mkdir(parents=True)
    shutil.copy(SITES / "base.yml", folder / "site.yml")
    (folder / "tin-tuc/2026/mot.md").write_text(ARTICLE.format(""), "utf-8")
    return folder


@pytest.mark.parametrize(
    "path_or_url",
    [
        "tin-tuc/2026/mot.md",
        "{content}/tin-tuc/2026/mot.md",
        "/tin-tuc/2026/mot/",
        "tin-tuc/2026/mot",
        "https://tin.thu-nghiem.vn/tin-tuc/2026/mot/?a=b#c",
    ],
)
def test_an_item_is_found_by_its_file_or_its_address(content, path_or_url):
    assert withdraw(content, path_or_url.format(content=content), REASON, NOW) == ("tin-tuc/2026/mot.md", EditorStatus.WITHDRAWN)
    assert (content / "tin-tuc/2026/mot.md").read_text("utf-8") == ARTICLE.format(GONE)
    assert problems_of(content, ROOT / "theme") == ()
    assert list(content.rglob("*~")) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("status: published\n", GONE),
        (
            "# nháp\nstatus: published\n\n# thẻ\ntags: [a]\n",
            f"# nháp\n{GONE.splitlines()[0]}\n\n# thẻ\ntags: [a]\n{GONE.splitlines()[1]}\n",
        ),
        ("status:\n  withdrawn\nwithdrawn_reason: Cũ\ntags:\n  - a\n", f"{GONE}tags:\n  - a\n"),
        ("slug: hai\n", f"slug: hai\n{GONE}"),
    ],
)
def test_the_rest_of_the_file_stays_as_it_is(content, before, after):
    (content / "tin-tuc/2026/mot.md").write_text(ARTICLE.format(before), "utf-8")
    withdraw(content, "/tin-tuc/2026/hai/" if "slug" in before else "/tin-tuc/2026/mot/", REASON, NOW)
    assert (content / "tin-tuc/2026/mot.md").read_text("utf-8") == ARTICLE.format(after)


@pytest.mark.parametrize(
    ("path_or_url", "reason", "message"),
    [
        ("/tin-tuc/2026/mot/", "  ", "Chưa có lý do gỡ. Cách sửa: thêm --reason và lý do cho người đọc, trong dấu nháy."),
        (
            "/mot/",
            "Sai",
            'Không có bài nào ở "/mot/". Cách sửa: ghi đường dẫn tới tệp .md, hoặc địa chỉ của bài trên trang.',
        ),
        (
            "../khac.md",
            "Sai",
            'Không có bài nào ở "../khac.md". Cách sửa: ghi đường dẫn tới tệp .md, hoặc địa chỉ của bài trên trang.',
        ),
        ("nhap.md", "Sai", "content/tin-tuc/2026/nhap.md là bản nháp, chưa lên trang nên không có gì để gỡ."),
    ],
)
def test_nothing_is_changed_where_nothing_can_be_taken_down(content, path_or_url, reason, message):
    (content.parent / "khac.md").write_text(ARTICLE.format(""), "utf-8")
    (content / "tin-tuc/2026/nhap.md").write_text(ARTICLE.format("status: draft\n"), "utf-8")
    before = {path: path.read_bytes() for path in content.parent.rglob("*.md")}
    with pytest.raises(WrongUse) as stopped:
        withdraw(content, path_or_url.replace("nhap.md", "tin-tuc/2026/nhap.md"), reason, NOW)
    assert (str(stopped.value), {path: path.read_bytes() for path in content.parent.rglob("*.md")}) == (message, before)


def test_an_unreadable_file_is_reported_with_its_line(content):
    (content / "tin-tuc/2026/mot.md").write_text("Chữ.\n", "utf-8")
    with pytest.raises(ContentRejected, match=r"content/tin-tuc/2026/mot\.md:1: Dòng đầu tiên không phải ---"):
        withdraw(content, "tin-tuc/2026/mot.md", "Sai", NOW)


def test_a_site_below_a_path_is_taken_by_its_full_address(content, tmp_path):
    site = (content / "site.yml").read_text("utf-8")
    (content / "site.yml").write_text(site.replace("https://tin.thu-nghiem.vn/", "https://tin.thu-nghiem.vn/cds/"), "utf-8")
    assert withdraw(content, "https://tin.thu-nghiem.vn/cds/tin-tuc/2026/mot/", "Sai", NOW)[0] == "tin-tuc/2026/mot.md"
    build_site(content, tmp_path / "output")
    page = (tmp_path / "output/tin-tuc/2026/mot/index.html").read_text("utf-8")
    assert ("Sai" in page, "Thân bài" in page) == (True, False)


def test_a_field_of_several_lines_is_replaced_completely():
    text = "---\ntitle: Một\ntags:\n  - a\n  - b\n# ghi chú\ndate: 2026-11-20\n---\nThân\n"
    assert set_fields(text, "a.md", {"tags": "c", "slug": "mot"}) == (
        "---\ntitle: Một\ntags: c\n# ghi chú\ndate: 2026-11-20\nslug: mot\n---\nThân\n"
    )


SESSION = "session: {starts_at: 2026-12-20 14:00, ends_at: 2026-12-20 16:00}\naudience: [nguoi-dan]\n"


@pytest.mark.parametrize("folder", ["tin-tuc/2026", "tap-huan"])
def test_what_was_withdrawn_before_its_day_never_existed_for_readers(content, folder):
    """Neither its page nor its name is anywhere; the editor is told that its day would show a notice."""
    name = f"{folder}/sap.md"
    text = (
        ARTICLE.replace("Một", "Tên chưa ai thấy")
        .replace("2026-11-20", "2026-12-10")
        .format(GONE + (SESSION if folder == "tap-huan" else ""))
    )
    (content / folder).mkdir(exist_ok=True)
    (content / name).write_text(text, "utf-8")
    output = content.parent / "output"
    warnings = [str(problem) for problem in build_site(content, output).site_plan.problems]
    assert warnings == [
        f"content/{name}:6: Cảnh báo: Bài bị gỡ trước ngày đăng, nên chưa ai thấy; tới ngày ấy trang sẽ hiện thông báo gỡ có tên bài. "
        "Cách sửa: ghi status: draft và bỏ dòng withdrawn_reason, hoặc xóa tệp. [withdrawn-early]"
    ]
    files = [path for path in output.rglob("*") if path.is_file()]
    assert [path for path in files if b"sap" in path.name.encode() or "chưa ai thấy".encode() in path.read_bytes()] == []


def test_what_is_withdrawn_before_its_day_becomes_a_draft(content):
    path = content / "tin-tuc/2026/mot.md"
    path.write_text(ARTICLE.format("").replace("2026-11-20", "2026-12-10 08:00"), "utf-8")
    assert withdraw(content, "tin-tuc/2026/mot.md", "Sai", NOW) == ("tin-tuc/2026/mot.md", EditorStatus.DRAFT)
    assert path.read_text("utf-8") == ARTICLE.format("status: draft\n").replace("2026-11-20", "2026-12-10 08:00")
