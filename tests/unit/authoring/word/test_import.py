"""Word files of every shape → what is told and what is written, whole; no word is lost, and `make check` asks only for what was told.

The expected text stands in `expected/`: the lines that are told, a line of `=`, the file. To look at what a change does to all of
them, run with WRITE_EXPECTED=1 and read the difference.
"""

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import NOW, ROOT
from office_cases import OFFICE_CASES
from pdf_files import pdf_of
from word_cases import CASES
from word_files import Case, words_in, write

from chuyendoiso.authoring.check_command import problems_of
from chuyendoiso.authoring.word.body import count_words
from chuyendoiso.authoring.word.word_import import ImportOptions, import_word

EXPECTED = Path(__file__).parent / "expected"
SITE = """\
site: {name: Trang thử, url: "https://tin.thu-nghiem.vn/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}
owner: {name: Phòng Thử nghiệm}
topics: [{slug: chinh-quyen-so, name: Chính quyền số}, {slug: xa-hoi-so, name: Xã hội số}]
audiences: [{id: nguoi-dan, name: Người dân}, {id: can-bo, name: Cán bộ}]
issuers:
  - {id: ubnd-xa-mau, name: UBND xã Mẫu}
  - {id: hdnd-xa-mau, name: Hội đồng nhân dân xã Mẫu}
  - {id: ubnd-tinh-mau, name: Ủy ban nhân dân tỉnh Mẫu, until: 2026-12-31}
  - {id: tinh-uy-mau, name: Tỉnh ủy Mẫu}
"""


def content_in(folder: Path) -> Path:
    content = folder / "content"
    content.mkdir()
    (content / "site.yml").write_text(SITE, "utf-8")
    return content


def run(case: Case, folder: Path) -> tuple[Path, Path, list[str]]:
    """Import a case's file; return the content folder, the Word file and the report."""
    content = content_in(folder)
    file = write(folder / f"{case.name}.docx", case.blocks)
    if case.pdf:
        (folder / f"{case.name}.pdf").write_bytes(pdf_of(case.pdf))
    return content, file, list(import_word(ImportOptions(file, content, NOW, case.kind)))


@pytest.mark.parametrize("case", [*CASES, *OFFICE_CASES], ids=lambda case: case.name)
def test_a_file_is_imported(case, tmp_path):
    content, file, report = run(case, tmp_path)
    (article,) = content.glob("*/**/*.md")
    text = article.read_text("utf-8")
    actual = "\n".join([*report, "=" * 20, text])
    expected = EXPECTED / f"{case.name}.txt"
    if "WRITE_EXPECTED" in os.environ:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(actual, "utf-8")
    assert actual == expected.read_text("utf-8")
    assert lost_words(file, text, report) == Counter()
    assert asked_by_check(content) == asked_by_import(report)


def lost_words(file: Path, text: str, report: list[str]) -> Counter[str]:
    """Return the words of a Word file that are neither in the article nor in the report; formatting within words is removed."""
    plain_text = re.sub(r"</?(?:s|su[bp])>|\*\*|(?<![\\\w])\*|\*(?!\w)|\\", "", text.replace("<br>", " "))
    return count_words("\n".join(words_in(file))) - count_words("\n".join([plain_text, *report]))


def asked_by_check(content: Path) -> Counter[str]:
    problems = [str(problem) for problem in problems_of(content, ROOT / "theme") if problem.severity == "draft"]
    return Counter(re.sub(r".*Thiếu trường (\w+) .*", r"\1", re.sub(r".*missing-alt.*", "mô", problem)) for problem in problems)


def asked_by_import(report: list[str]) -> Counter[str]:
    return Counter(re.match(r"Cần điền: (\w+)", line)[1] for line in report if line.startswith("Cần điền"))
