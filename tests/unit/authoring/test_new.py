"""`make new`: drafts that pass the checks but for what is to be filled in, and questions that are asked again."""

import re
import shutil
from datetime import UTC, datetime

import pytest
from conftest import NOW, ROOT, SITES

from chuyendoiso.authoring.check_command import problems_of
from chuyendoiso.authoring.drafts import DraftRequest, create_draft
from chuyendoiso.content.front_matter import parse_source
from chuyendoiso.model.problems import ContentRejected
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.system.errors import WrongUse

FILLED = {
    "summary": "Một câu.",
    "topic": "xa-hoi-so",
    "document_type": "Kế hoạch",
    "issuing_body": "ubnd",
    "issued_on": "2026-11-20",
    "subject": "Về việc thử",
    "audience": "[nguoi-dan]",
    "answered_by": "owner",
    "checked_on": "2026-11-20",
    "opens_on": "2026-12-01",
    "closes_on": "2026-12-21",
    "drafting_body": "ubnd",
    "attachments": "[{file: /media/a.pdf, label: Dự thảo}]",
}
ASKED_FOR = {
    Kind.NEWS: ["summary", "topic"],
    Kind.DOCUMENT: ["summary", "topic", "document_type", "issuing_body", "issued_on", "subject"],
    Kind.TRAINING: ["summary", "topic", "audience"],
    Kind.QUESTION: ["summary", "topic", "answered_by", "checked_on"],
    Kind.CONSULTATION: ["summary", "topic", "opens_on", "closes_on", "drafting_body", "subject", "attachments"],
    Kind.PAGE: ["summary"],
}


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "content"
    folder.mkdir()
    shutil.copy(SITES / "base.yml", folder / "site.yml")
    (folder / "media").mkdir()
    shutil.copy(next((SITES / "small/media").rglob("*.pdf")), folder / "media/a.pdf")
    return folder


def new_draft(content, **options) -> str:
    number = "12/KH-UBND" if options.get("kind") == "van-ban" else ""
    path = create_draft(content, DraftRequest(**{"number": number, **options}), NOW, None, print)
    return path.relative_to(content).as_posix()


@pytest.mark.parametrize("kind", Kind)
def test_a_draft_lacks_only_what_is_to_be_filled_in(content, kind):
    path = content / new_draft(content, kind=kind, title="Đường: số #1")
    text = path.read_text("utf-8")
    assert re.findall(r"^(\w+):$", text, re.MULTILINE) == ASKED_FOR[kind]
    problems = problems_of(content, ROOT / "theme")
    assert {problem.rule for problem in problems} == {"empty-field"}
    assert [text.splitlines()[problem.line - 1] for problem in problems] == [f"{name}:" for name in ASKED_FOR[kind]]
    path.write_text(re.sub(r"^(\w+):$", lambda found: f"{found[1]}: {FILLED[found[1]]}", text, flags=re.MULTILINE), "utf-8")
    assert problems_of(content, ROOT / "theme") == ()


@pytest.mark.parametrize("kind", Kind)
def test_commented_fields_are_known_fields(content, kind):
    path = content / new_draft(content, kind=kind, title="Một")
    text = re.sub(r"^(\w+):$", lambda match: f"{match[1]}: {FILLED[match[1]]}", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(re.sub(r"^# (?=[a-z_]+:|  )", "", text, flags=re.MULTILINE), "utf-8")
    source = parse_source(path.read_bytes(), path.relative_to(content).as_posix(), "bài")
    if kind is Kind.DOCUMENT:
        assert source.fields.values["attachments"] == [{"file": "/media/van-ban/749-qd-ttg.pdf", "label": "Bản gốc (PDF)"}]
    if kind is Kind.TRAINING:
        assert source.fields.values["session"]["starts_at"] == "2026-12-10 14:00"
    assert "unknown-field" not in {problem.rule for problem in problems_of(content, ROOT / "theme")}


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"kind": "tin-tuc", "title": "Đường số"}, "tin-tuc/2026/duong-so.md"),
        ({"kind": "tin-tuc", "title": "Đường số", "slug": "khac"}, "tin-tuc/2026/khac.md"),
        ({"kind": "van-ban", "title": "Kế hoạch"}, "van-ban/12-kh-ubnd.md"),
        ({"kind": "tap-huan", "title": "!?"}, "tap-huan/bai-viet.md"),
        ({"kind": "trang", "title": "Liên hệ"}, "trang/lien-he.md"),
        ({"kind": "trang", "title": "từ " * 60}, f"trang/{'-'.join(['tu'] * 27)}.md"),
    ],
)
def test_the_place_follows_the_title_or_the_number(content, options, name):
    assert new_draft(content, **options) == name


def test_a_taken_name_gets_a_number_and_nothing_is_overwritten(content):
    assert [new_draft(content, kind="trang", title="Một") for _ in range(3)] == ["trang/mot.md", "trang/mot-2.md", "trang/mot-3.md"]
    with pytest.raises(WrongUse, match=r"Đã có tệp content/trang/mot\.md\. Cách sửa: chọn tên khác với --slug, hoặc sửa tệp ấy\."):
        new_draft(content, kind="trang", title="Hai", slug="mot")


def test_the_year_is_the_sites_own(content):
    path = create_draft(content, DraftRequest("tin-tuc", "Giao thừa"), datetime(2026, 12, 31, 17, 30, tzinfo=UTC), None, print)
    assert (path.parent.name, "date: 2027-01-01 00:30\n" in path.read_text("utf-8")) == ("2027", True)


def test_questions_are_asked_until_the_answer_can_be_used(content):
    answers = iter(["9", "2", "", "Kế hoạch số", "12 KH", "12/KH-UBND", "Sai Slug", ""])
    asked, said = [], []

    def ask(question):
        asked.append(question)
        return next(answers)

    path = create_draft(content, DraftRequest(), NOW, ask, said.append)
    assert path.relative_to(content).as_posix() == "van-ban/12-kh-ubnd.md"
    kinds = "Loại bài: 1 Tin tức (tin-tuc); 2 Văn bản (van-ban); 3 Tập huấn và tài liệu (tap-huan); 4 Hỏi đáp (hoi-dap); 5 Lấy ý kiến dự thảo (lay-y-kien); 6 Trang (trang). Chọn: "
    slug = "Tên trong địa chỉ (bấm Enter để dùng 12-kh-ubnd): "
    assert asked == [kinds, kinds, "Tên bài: ", "Tên bài: ", "Số, ký hiệu: ", "Số, ký hiệu: ", slug, slug]
    assert said == [
        'Không có loại bài "9". Cách sửa: chọn một trong: tin-tuc, van-ban, tap-huan, hoi-dap, lay-y-kien, trang.',
        "Tên bài để trống. Cách sửa: ghi giá trị.",
        'Số, ký hiệu "12 KH" không có dạng số và ký hiệu. Cách sửa: ghi liền, không có dấu cách, ví dụ 749/QĐ-TTg.',
        'Tên trong địa chỉ "Sai Slug" không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: sai-slug.',
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "Thiếu --kind, mà không có ai ngồi trước máy để hỏi. Cách sửa: thêm --kind vào lệnh."),
        ({"kind": "trang"}, "Thiếu --title, mà không có ai ngồi trước máy để hỏi. Cách sửa: thêm --title vào lệnh."),
        (
            {"kind": "bao"},
            'Không có loại bài "bao". Cách sửa: chọn một trong: tin-tuc, van-ban, tap-huan, hoi-dap, lay-y-kien, trang.',
        ),
        (
            {"kind": "trang", "title": "Một", "slug": "Một"},
            'Tên trong địa chỉ "Một" không dùng được trong địa chỉ trang. Cách sửa: chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: mot.',
        ),
    ],
)
def test_a_wrong_option_stops_the_command(content, options, message):
    with pytest.raises(WrongUse) as stopped:
        new_draft(content, **options)
    assert (str(stopped.value), sorted(one.name for one in content.iterdir())) == (message, ["media", "site.yml"])


def test_without_settings_no_draft_is_created(tmp_path):
    with pytest.raises(ContentRejected, match=r"Không có tệp site\.yml"):
        new_draft(tmp_path, kind="trang", title="Một")


@pytest.mark.parametrize(
    ("kind", "folder"), [("tin", "tin-tuc/2026"), ("Văn bản", "van-ban"), ("tài liệu", "tap-huan"), ("tap-huan", "tap-huan")]
)
def test_a_kind_may_be_named_as_people_do(content, kind, folder):
    number = "12/KH-UBND" if folder == "van-ban" else ""
    assert new_draft(content, kind=kind, title="Một", number=number).startswith(f"{folder}/")
