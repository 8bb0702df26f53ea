"""Read the signed original beside a Word file: a PDF that becomes the document's attachment."""

from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from pathlib import Path

from chuyendoiso.authoring.word.import_report import ImportStopped
from chuyendoiso.authoring.word.letterhead import find_number_and_date
from chuyendoiso.authoring.word.saving import free_path
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.markings import Marked, find_marking
from chuyendoiso.model.problems import Problem
from chuyendoiso.outputs.attachments import measure_file
from chuyendoiso.outputs.images.pdf import PdfTask, first_words, measure_pdf


@dataclass(frozen=True)
class Original:
    """A PDF file and its metadata, which wins over Word's."""

    raw: bytes
    number: str | None
    issued_on: date | None
    has_words: bool  # a scan has none
    marked: Marked | None


def find_original(file: Path, pdf: Path | None) -> Path | None:
    """Return the PDF of the command line, else a PDF with the Word file's name beside it."""
    beside = (file.with_suffix(suffix) for suffix in (".pdf", ".PDF"))
    return pdf or next((path for path in beside if path.is_file()), None)


def read_original(path: Path, limits: Limits) -> Original:
    """Read a PDF. Raise ImportStopped if it is missing or not publishable."""
    if not path.is_file():
        raise ImportStopped(path.name, "Không có tệp PDF này.", "xem lại tên tệp sau --pdf.")
    try:
        file = measure_file(path, path.with_suffix(".pdf").name, path.name, limits)
        raw = path.read_bytes()
        facts = file if isinstance(file, Problem) else measure_pdf(PdfTask(path, path.name))
    except OSError:
        raise ImportStopped(path.name, "Không đọc được tệp PDF.", "xem lại quyền đọc tệp.") from None
    if isinstance(facts, Problem):
        way_out = "" if facts.rule == "marked-secret" else " Không cần bản PDF thì dời tệp đi chỗ khác."
        raise ImportStopped(path.name, facts.message, f"{facts.remedy}{way_out}")
    text = first_words(path)
    return Original(raw, *find_number_and_date(text), bool(text.strip()), find_marking(text.splitlines()))


def original_path(original: Original, folder: Path, slug: str) -> Path:
    """Return the path for the PDF: the document's slug, with a number if another file has that name."""
    names = chain([f"{slug}.pdf"], (f"{slug}-{number}.pdf" for number in count(2)))
    return free_path(folder, names, original.raw, {})
