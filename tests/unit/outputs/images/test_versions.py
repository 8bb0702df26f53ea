"""Holds that pictures which are made otherwise have other addresses: browsers, caches and social networks have the old bytes for good."""

import hashlib
import io
from pathlib import Path

from PIL import Image

from chuyendoiso.model.items import File, FirstPage, Picture
from chuyendoiso.model.renditions import VERSION, first_page_picture, renditions
from chuyendoiso.model.target import Folder
from chuyendoiso.outputs.channels.zalo.covers import cover_inputs, cover_rendition, make_cover
from chuyendoiso.outputs.images.cards import make_card
from chuyendoiso.outputs.images.image_inputs import CARD, RENDITION, CardInputs, RenditionInputs
from chuyendoiso.outputs.images.pdf import RECIPE as PDF_RECIPE
from chuyendoiso.outputs.images.pdf import FirstPageInputs, make_first_page
from chuyendoiso.outputs.images.rendition_plan import make_rendition
from chuyendoiso.outputs.images.samples import sample_picture

FONTS = Path(__file__).parents[4] / "theme" / "fonts"
DIGESTS = {2: "2a099ddec12826832a37d612f49453d8a1df25c85cdea52a61246a7932004624"}


def test_changed_bytes_need_a_new_version(tmp_path):
    """Where this fails, raise `VERSION` and put the new digest here. A share card's pixels are compared: zlib is the system's."""
    path = tmp_path / "a.png"
    Image.open(io.BytesIO(sample_picture(7))).save(path)
    picture = Picture(path.name, "d" * 64, 1600, 900)
    outputs = [
        make_rendition(RenditionInputs(str(path), picture.digest, format_, rendition.width, rendition.height, RENDITION))
        for format_ in ("WEBP", "JPEG")
        for rendition in renditions(picture, format_)
    ]
    Image.open(path).save(tmp_path / "a.pdf")
    outputs.append(make_first_page(FirstPageInputs(str(tmp_path / "a.pdf"), "e" * 64, PDF_RECIPE)))
    outputs.append(make_cover(cover_inputs(picture, {path.name: path}, 1_000_000)))
    for size in ((1200, 630), (1200, 675)):
        card = CardInputs(Folder(str(FONTS), "1"), "Tin tức · 23/11/2026", "HỘI NGHỊ về Chuyển đổi số", "Tên", CARD, size)
        outputs.append(Image.open(io.BytesIO(make_card(card))).convert("RGB").tobytes())
    assert {VERSION: hashlib.sha256(b"".join(outputs)).hexdigest()} == DIGESTS


def test_every_address_has_the_version(monkeypatch):
    def addresses():
        picture = Picture("a.png", "d" * 64, 1600, 900)
        file = File("a.pdf", "/a.pdf", "application/pdf", 1, "e" * 64, 1, FirstPage(360, 500))
        return {
            *(rendition.path for format_ in ("WEBP", "JPEG") for rendition in renditions(picture, format_)),
            cover_rendition(picture).path,
            first_page_picture(file).path,
        }

    before = addresses()
    monkeypatch.setattr("chuyendoiso.model.renditions.VERSION", VERSION + 1)
    assert len(before) == 8 and not before & addresses()
    assert str(VERSION) in CARD and str(VERSION) in RENDITION
