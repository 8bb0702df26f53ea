"""The signed original beside a Word file: a PDF whose number and date win over Word's, and which becomes the document's attachment."""

from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from pathlib import Path

from chuyendoiso.authoring.word.import_report import ImportStopped
from chuyendoiso.authoring.word.letterhead import first_of
from chuyendoiso.authoring.word.saving import free_path
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.markings import Marked, find_marking
from chuyendoiso.model.problems import Problem
from chuyendoiso.outputs.attachments import measure_file
from chuyendoiso.outputs.images.pdf import PdfTask, first_words, measure_pdf


@dataclass(frozen=True)
class Original:
    """A PDF file, and what could be read of it."""

    raw: bytes
    number: str | None
    issued_on: date | None
    has_words: bool  # a scan has none
    marked: Marked | None


def find_original(file: Path, named: Path | None) -> Path | None:
    """Return the PDF that was named, else the one of the same name beside the Word file, if any."""
    beside = (file.with_suffix(suffix) for suffix in (".pdf", ".PDF"))
    return named or next((path for path in beside if path.is_file()), None)


def read_original(path: Path, limits: Limits) -> Original:
    """Read a PDF. Raises ImportStopped."""
    if not path.is_file():
        raise ImportStopped(path.name, "Không có tệp PDF này.", "xem lại tên tệp sau --pdf.")
    try:
        found = measure_file(path, path.with_suffix(".pdf").name, path.name, limits)
        raw = path.read_bytes()
        facts = found if isinstance(found, Problem) else measure_pdf(PdfTask(path, path.name))
    except OSError:
        raise ImportStopped(path.name, "Không đọc được tệp PDF.", "xem lại quyền đọc tệp.") from None
    if isinstance(facts, Problem):
        way_out = "" if facts.rule == "marked-secret" else " Không cần bản PDF thì dời tệp đi chỗ khác."
        raise ImportStopped(path.name, facts.message, f"{facts.remedy}{way_out}")
    text = first_words(path)
    number, day = first_of(text)
    return Original(raw, number, day, bool(text.strip()), find_marking(text.splitlines()))


def place_of(original: Original, folder: Path, slug: str) -> Path:
    """Return where the PDF goes: at the document's name, or at one with a number where another file has that."""
    names = chain([f"{slug}.pdf"], (f"{slug}-{number}.pdf" for number in count(2)))
    return free_path(folder, names, original.raw, {})
