"""PDF files: how many pages, a small picture of the first, so that a reader knows what a download is, the words. The only home of PDFium."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chuyendoiso.domain.model import File, FirstPage
from chuyendoiso.domain.output import Output
from chuyendoiso.domain.renditions import first_page_picture

if TYPE_CHECKING:
    from PIL import Image

WIDTH = 360  # pixels: shown 90 to 180 wide
TALLEST = 3  # times its width: of a longer page the top is shown
_LONGEST_TEXT = 100_000  # characters: two pages of print have some 8,000
RECIPE = f"PDFium through pypdfium2, {WIDTH} wide"


@dataclass(frozen=True, slots=True)
class FirstPageInputs:
    """What the picture of a first page is made from; the file is told apart by its digest, not by where it lies."""

    source: str
    digest: str
    recipe: str

    def __repr__(self) -> str:
        """Leave the folder out."""
        return f"FirstPageInputs({self.digest}, {self.recipe})"


def measure_pdf(path: Path) -> tuple[int, FirstPage] | None:
    """Return the number of pages and the size of the first page's picture; None of what PDFium cannot read, as behind a password."""
    import pypdfium2  # loaded only where there is a new PDF: 8 MB

    try:
        with pypdfium2.PdfDocument(path) as document:
            return len(document), FirstPage(*_drawn(path).size)
    except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError, ArithmeticError):
        return None


def plan_first_pages(files: Iterable[File], sources: Mapping[str, Path]) -> Iterator[Output]:
    """Plan the picture of the first page of each PDF among some files, once."""
    for file in {file.digest: file for file in files}.values():
        if picture := first_page_picture(file):
            inputs = FirstPageInputs(str(sources[file.source]), file.digest, RECIPE)
            yield Output(picture.path.removeprefix("/"), inputs, make_first_page, file.source, weight=50, foreign=True)


def make_first_page(inputs: FirstPageInputs) -> bytes:
    """Draw a first page as WebP. Raises what PDFium raises where the file cannot be read after all."""
    from chuyendoiso.images.pixels import encode

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
    """Return the text of the first pages; "" of a scan, and of what PDFium cannot read."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            found = [document[number].get_textpage().get_text_bounded() for number in range(min(pages, len(document)))]
    except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError, ArithmeticError):
        return ""
    return "\n".join(found)[:_LONGEST_TEXT]
