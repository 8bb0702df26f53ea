"""Read the signed original of a Word file, a PDF that becomes an attachment."""

from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from pathlib import Path

from chuyendoiso.authoring.word.import_report import ImportStopped
from chuyendoiso.authoring.word.letterhead import find_number_and_date
from chuyendoiso.authoring.word.saving import free_path
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.markings import MarkingMatch, find_marking
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
    marked: MarkingMatch | None


def find_original(file: Path, pdf: Path | None) -> Path | None:
    """Return the PDF in the options, else the PDF beside the Word file."""
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
    """Return the PDF's path: the document's slug, numbered if that is taken."""
    names = chain([f"{slug}.pdf"], (f"{slug}-{number}.pdf" for number in count(2)))
    return free_path(folder, names, original.raw, {})
