"""PDF files: pages and first pages as they are told and drawn."""

import io

import pypdfium2
import pytest
from conftest import build_site
from PIL import Image

from chuyendoiso.model.items import File, FirstPage
from chuyendoiso.outputs.images.pdf import FirstPageInputs, PdfTask, first_words, make_first_page, measure_pdf, plan_first_pages


def write_pdf(path, *sizes):
    with pypdfium2.PdfDocument.new() as document:
        for size in sizes:
            document.new_page(*size)
        document.save(path)
    return path


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([(595, 842)], (1, FirstPage(360, 510))),
        ([(842, 595)] + [(595, 842)] * 11, (12, FirstPage(360, 255))),
        ([(100, 5000)], (1, FirstPage(360, 1080))),  # a till roll: its top
    ],
)
def test_pages_and_the_first_are_measured(tmp_path, sizes, expected):
    path = write_pdf(tmp_path / "a.pdf", *sizes)
    drawn = Image.open(io.BytesIO(make_first_page(FirstPageInputs(str(path), "", ""))))
    assert (*expected, "WEBP") == (*measure_pdf(PdfTask(path, "")), drawn.format)
    assert (expected[1].width, expected[1].height) == drawn.size


@pytest.mark.parametrize("raw", [b"%PDF-1.4\n%%EOF\n", b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF", b""])
def test_what_cannot_be_read_is_refused_and_has_no_words(tmp_path, raw):
    path = tmp_path / "a.pdf"
    path.write_bytes(raw)
    assert (measure_pdf(PdfTask(path, "a.pdf")).rule, first_words(path)) == ("broken-file", "")


def test_a_scan_has_no_words(tmp_path):
    assert first_words(write_pdf(tmp_path / "a.pdf", (595, 842), (595, 842), (595, 842))) == "\n"


def test_a_file_is_drawn_once_and_one_without_a_picture_not_at_all(tmp_path):
    drawn = File("media/a.pdf", "/media/a.pdf", "application/pdf", 9, "a" * 64, 1, FirstPage(360, 510))
    other = File("media/b.pdf", "/media/b.pdf", "application/pdf", 9, "b" * 64)
    assert [one.path for one in plan_first_pages([drawn, other, drawn], {"media/a.pdf": tmp_path})] == [
        "media/trang-dau/aaaaaaaaaaaaaaaaaaaav2.webp"
    ]


def test_a_document_offers_its_file_with_pages_and_picture(tmp_path, small_content, output):
    write_pdf(small_content / "media/van-ban/1-qd.pdf", *[(595, 842)] * 3)
    build_site(small_content, output)
    page = (tmp_path / "output/van-ban/1-qd-ubnd/index.html").read_text("utf-8")
    assert "(PDF, 3 trang, " in page
    picture = page.partition('<img class="cds-files__page" src="/')[2].partition('"')[0]
    assert (output / picture).read_bytes()[8:12] == b"WEBP"


def test_a_verdict_does_not_depend_on_the_file_before(tmp_path):
    broken, empty = tmp_path / "a.pdf", write_pdf(tmp_path / "b.pdf")
    broken.write_bytes(b"%PDF-1.4\n%%EOF\n")
    assert [measure_pdf(PdfTask(path, "")).rule for path in (empty, broken, empty)] == ["empty-file", "broken-file", "empty-file"]
