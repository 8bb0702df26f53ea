"""PDF files by PDFium: problems, page count, the picture of the first page."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from chuyendoiso.model.items import File, FirstPage
from chuyendoiso.model.markings import MARKING_REMEDIES, Marking, find_marking
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.renditions import first_page_picture
from chuyendoiso.model.target import Target

if TYPE_CHECKING:
    from PIL import Image
    from pypdfium2 import PdfDocument

WIDTH = 360  # pixels; pages show it at 90 to 180
TALLEST = 3  # times its width: a longer page is cut
_LONGEST_TEXT = 100_000  # characters: two pages of print have some 8,000
_AGAIN = "chép lại tệp gốc vào chỗ này; vẫn vậy thì xin lại tệp từ nơi gửi."
RECIPE = f"PDFium through pypdfium2, {WIDTH} wide"


@dataclass(frozen=True, slots=True)
class FirstPageInputs:
    """The inputs of a first page's picture; the file is identified by digest."""

    source: str = field(repr=False)
    digest: str
    recipe: str


class PdfTask(NamedTuple):
    """A PDF to measure, and its path in messages."""

    path: Path
    display_path: str


class PdfFacts(NamedTuple):
    """The page count and the size of the first page's picture; None if not drawable."""

    pages: int
    first_page: FirstPage | None


def measure_pdf(task: PdfTask) -> PdfFacts | Problem:
    """Count a PDF's pages, or return why it must not be published. Raises MemoryError."""
    import pypdfium2  # loaded only if there is a new PDF: 8 MB

    from chuyendoiso.outputs.images.pdf_actions import DamagedPdf, EmptyPdf, LockedPdf, find_action  # loads pikepdf

    try:
        action = find_action(task.path)
        with pypdfium2.PdfDocument(task.path) as document:
            pages = len(document)
            mark = find_marking(_text(document, range(1)).splitlines())
            mark = mark or find_marking(_text(document, range(pages - 1, pages)).splitlines(), capitals=True)
    except LockedPdf:
        remedy = "xin nơi gửi bản không đặt mật khẩu; đừng tự gỡ, chữ ký số sẽ hỏng."
        return Problem(task.display_path, 1, "locked-file", "Tệp PDF đòi mật khẩu mới mở được.", remedy)
    except EmptyPdf:
        return Problem(task.display_path, 1, "empty-file", "Tệp PDF không có trang nào.", _AGAIN)
    except (pypdfium2.PdfiumError, DamagedPdf, ValueError, OSError):
        return Problem(task.display_path, 1, "broken-file", "Tệp PDF hỏng, không trình đọc nào mở được.", _AGAIN)
    if action:
        remedy = "không đăng tệp này; xin bản PDF thường từ nơi gửi."
        return Problem(task.display_path, 1, "active-file", f"Tệp PDF tự {action} khi được mở.", remedy)
    if mark and mark.marking is not Marking.DRAFT:
        return Problem(task.display_path, 1, "marked-secret", f'Tệp PDF có dấu "{mark.words}".', MARKING_REMEDIES[mark.marking])
    try:
        return PdfFacts(pages, FirstPage(*_draw(task.path).size))
    except (pypdfium2.PdfiumError, ValueError, ArithmeticError):
        return PdfFacts(pages, None)


def plan_first_pages(files: Iterable[File], sources: Mapping[str, Path]) -> Iterator[Target]:
    """Plan the picture of the first page of each PDF among some files, once."""
    for file in {file.digest: file for file in files}.values():
        if picture := first_page_picture(file):
            inputs = FirstPageInputs(str(sources[file.source]), file.digest, RECIPE)
            yield Target(picture.path.removeprefix("/"), inputs, make_first_page, file.source, cost=50, untrusted_input=True)


def make_first_page(inputs: FirstPageInputs) -> bytes:
    """Draw a first page as WebP. Raises PDFium's errors."""
    from chuyendoiso.outputs.images.pixels import encode

    return encode(_draw(Path(inputs.source)), "WEBP")


def _draw(path: Path) -> "Image.Image":
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        width, height = document[0].get_size()
        if min(width, height) < 1:
            raise ValueError(f"a page of {width} × {height} points")
        hidden = max(0, height - TALLEST * width)  # points at the end of a long page
        image: Image.Image = document[0].render(scale=WIDTH / width, crop=(0, hidden, 0, 0)).to_pil()
        return image.convert("RGB")


def first_words(path: Path, pages: int = 2) -> str:
    """Return the text of the first pages; "" for a scan or an unreadable file."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            return _text(document, range(min(pages, len(document))))
    except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError, ArithmeticError):
        return ""


def _text(document: "PdfDocument", pages: range) -> str:
    return "\n".join(document[number].get_textpage().get_text_bounded() for number in pages)[:_LONGEST_TEXT]
