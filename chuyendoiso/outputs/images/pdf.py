"""PDF files by PDFium: reasons to refuse one, its pages, the first page's picture."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from chuyendoiso.model.items import File, FirstPage
from chuyendoiso.model.markings import Marking, find_marking, remedy_of
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.renditions import first_page_picture
from chuyendoiso.model.target import Target
from chuyendoiso.outputs.images.pdf_actions import DamagedPdf, EmptyPdf, LockedPdf, find_action

if TYPE_CHECKING:
    from PIL import Image
    from pypdfium2 import PdfDocument

WIDTH = 360  # pixels: shown 90 to 180 wide
TALLEST = 3  # times its width: of a longer page the top is shown
_LONGEST_TEXT = 100_000  # characters: two pages of print have some 8,000
_AGAIN = "chép lại tệp gốc vào chỗ này; vẫn vậy thì xin lại tệp từ nơi gửi."
RECIPE = f"PDFium through pypdfium2, {WIDTH} wide"


@dataclass(frozen=True, slots=True)
class FirstPageInputs:
    """The inputs of a first page's picture; the file is identified by digest."""

    source: str
    digest: str
    recipe: str

    def __repr__(self) -> str:
        """Leave the folder out."""
        return f"FirstPageInputs({self.digest}, {self.recipe})"


class PdfTask(NamedTuple):
    """A PDF to measure, and its name in problems."""

    path: Path
    shown: str


class PdfFacts(NamedTuple):
    """The page count and the size of the first page's picture; None if not drawable."""

    pages: int
    first_page: FirstPage | None


def measure_pdf(task: PdfTask) -> PdfFacts | Problem:
    """Count a PDF's pages, or return why it must not be published. Raises MemoryError."""
    import pypdfium2  # loaded only where there is a new PDF: 8 MB

    try:
        does = find_action(task.path)
        with pypdfium2.PdfDocument(task.path) as document:
            pages = len(document)
            found = find_marking(_text(document, range(1)).splitlines()) or find_marking(
                _text(document, range(pages - 1, pages)).splitlines(), capitals=True
            )
    except LockedPdf:
        message = "Tệp PDF đòi mật khẩu mới mở được."
        return Problem(task.shown, 1, "locked-file", message, "xin nơi gửi bản không đặt mật khẩu; đừng tự gỡ, chữ ký số sẽ hỏng.")
    except EmptyPdf:
        return Problem(task.shown, 1, "empty-file", "Tệp PDF không có trang nào.", _AGAIN)
    except (pypdfium2.PdfiumError, DamagedPdf, ValueError, OSError):
        return Problem(task.shown, 1, "broken-file", "Tệp PDF hỏng, không trình đọc nào mở được.", _AGAIN)
    if does:
        message, remedy = f"Tệp PDF tự {does} khi được mở.", "không đăng tệp này; xin bản PDF thường từ nơi gửi."
        return Problem(task.shown, 1, "active-file", message, remedy)
    if found and found.marking is not Marking.DRAFT:
        message = f'Tệp PDF có dấu "{found.words}".'
        return Problem(task.shown, 1, "marked-secret", message, remedy_of(found.marking))
    return PdfFacts(pages, _size_drawn(task.path))


def _size_drawn(path: Path) -> FirstPage | None:
    import pypdfium2

    try:
        return FirstPage(*_drawn(path).size)
    except (pypdfium2.PdfiumError, ValueError, ArithmeticError):
        return None


def plan_first_pages(files: Iterable[File], sources: Mapping[str, Path]) -> Iterator[Target]:
    """Plan the picture of the first page of each PDF among some files, once."""
    for file in {file.digest: file for file in files}.values():
        if picture := first_page_picture(file):
            inputs = FirstPageInputs(str(sources[file.source]), file.digest, RECIPE)
            yield Target(picture.path.removeprefix("/"), inputs, make_first_page, file.source, cost=50, untrusted_input=True)


def make_first_page(inputs: FirstPageInputs) -> bytes:
    """Draw a first page as WebP. Raises PDFium's errors."""
    from chuyendoiso.outputs.images.pixels import encode

    return encode(_drawn(Path(inputs.source)), "WEBP")


def _drawn(path: Path) -> "Image.Image":
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        page = document[0]
        width, height = page.get_size()
        if min(width, height) < 1:
            raise ValueError(f"a page of {width} × {height} points")
        shown = min(height, TALLEST * width)
        drawn: Image.Image = page.render(scale=WIDTH / width, crop=(0, height - shown, 0, 0)).to_pil()
        return drawn.convert("RGB")


def first_words(path: Path, pages: int = 2) -> str:
    """Return the text of the first pages; "" for a scan or an unreadable file."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            return _text(document, range(min(pages, len(document))))
    except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError, ArithmeticError):
        return ""


def _text(document: "PdfDocument", pages: range) -> str:
    found = [document[number].get_textpage().get_text_bounded() for number in pages]
    return "\n".join(found)[:_LONGEST_TEXT]
