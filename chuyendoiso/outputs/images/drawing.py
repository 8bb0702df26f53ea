"""Draw share cards; each word is drawn once, since titles share words."""

import math
from bisect import bisect_right
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from chuyendoiso.model.renditions import CARD_SIZE
from chuyendoiso.outputs.images.image_inputs import CardInputs
from chuyendoiso.outputs.images.palette import EDGE, INK, LACQUER, MUTED, RULE, colours, encode_png, indices, place
from chuyendoiso.outputs.images.pixels import encode

MARGIN = 72
TITLE_SIZES = (64, 56, 48, 42, 36, 30)  # the largest at which the title fits in the lines below
TITLE_LINES = 5
TITLE_HEIGHT = 315
LINE_HEIGHT = 1.4  # Vietnamese stacks marks over capitals


class Face(NamedTuple):
    """A font of a folder, by weight and size in pixels."""

    folder: str
    weight: int
    size: int


def draw_card(inputs: CardInputs) -> bytes:
    """Draw a card as PNG; in another size, for Zalo, as JPEG."""
    image = _paper(inputs.size).copy()
    fonts, width = inputs.fonts.path, inputs.size[0] - 2 * MARGIN
    strong, plain = Face(fonts, 600, 32), Face(fonts, 400, 32)
    draw_line(image, _cut_to_width(inputs.overline, strong, width), strong, MARGIN, LACQUER)
    face, lines = _title(inputs.title, fonts, width)
    for index, line in enumerate(lines):
        draw_line(image, line, face, MARGIN + 76 + round(index * face.size * LINE_HEIGHT), INK)
    draw_line(image, _cut_to_width(inputs.site_name, plain, width), plain, inputs.size[1] - MARGIN - 24, MUTED)
    if inputs.size == CARD_SIZE:
        return encode_png(image)
    return encode(image.crop((EDGE, 0, *image.size)).convert("RGB"), "JPEG")


def draw_line(image: Image.Image, line: str, face: Face, top: int, colour: str) -> None:
    """Draw a line of text from the left margin; `top` is the top of its tallest marks."""
    left = float(EDGE + MARGIN)
    for word in line.split():
        pixels, inked, (right, down) = _draw_word(word, face, colour)
        image.paste(pixels, (round(left) + right, top + down), inked)  # the marks of two lines may reach into each other
        left += _width(word, face) + _width(" ", face)


def _title(title: str, fonts: str, width: int) -> tuple[Face, list[str]]:
    """Return the largest font in which the title fits, and its lines.

    The smallest font cuts the title.
    """
    for size in TITLE_SIZES:
        face = Face(fonts, 600, size)
        lines = wrap(title, face, width)
        if len(lines) <= TITLE_LINES and len(lines) * size * LINE_HEIGHT <= TITLE_HEIGHT:
            return face, lines
    return face, lines if len(lines) <= 8 else [*lines[:7], _cut_to_width(lines[7] + " …", face, width)]


def wrap(text: str, face: Face, width: int) -> list[str]:
    """Break text into lines of at most `width` pixels; break too wide words, too."""
    lines: list[str] = []
    filled = 0.0  # of the last line
    space = _width(" ", face)
    for word in text.split():
        wide = _width(word, face)
        if lines and filled + space + wide <= width:
            lines[-1] += f" {word}"
            filled += space + wide
        else:
            lines += _split_word(word, face, width)  # a word that fits is its only piece
            filled = _width(lines[-1], face)
    return lines


def _split_word(word: str, face: Face, width: int) -> list[str]:
    """Cut a word into pieces of at most `width` pixels, at least a letter each."""
    pieces, font = [], _font(face)
    while len(word) > 1 and font.getlength(word) > width:
        fits = max(1, bisect_right(range(1, len(word)), width, key=lambda count: math.ceil(font.getlength(word[:count]))))
        pieces.append(word[:fits])
        word = word[fits:]
    return [*pieces, word]


@lru_cache(64)  # the site's name is on every card
def _cut_to_width(text: str, face: Face, width: int) -> str:
    """Cut a line to `width` pixels, with an ellipsis if cut."""
    font = _font(face)
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"


@lru_cache(512)  # of some 10 KB
def _draw_word(word: str, face: Face, colour: str) -> tuple[Image.Image, Image.Image, tuple[int, int]]:
    """Return a word's pixels, its mask and its offset."""
    mask, offset = _font(face).getmask2(word, "L", anchor="la")
    pixels = Image.new("L", mask.size)
    if all(mask.size):
        pixels.im.paste(mask, (0, 0, *mask.size))
    pixels = pixels.point(indices(colour)).convert("P")
    return pixels, pixels.convert("L").point([0] + 255 * [255]), offset


@lru_cache(4096)
def _width(word: str, face: Face) -> float:
    return _font(face).getlength(word)


@cache
def _paper(size: tuple[int, int]) -> Image.Image:
    """Return the background: a lacquer rule at the left, paper, a line above the name."""
    width, height = EDGE + size[0], size[1]
    image = Image.new("P", (width, height), 0)
    image.putpalette([part for colour in colours() for part in colour])
    draw = ImageDraw.Draw(image)
    draw.rectangle((EDGE, 0, EDGE + 24, height), fill=place(LACQUER))
    draw.line((EDGE + MARGIN, height - MARGIN - 48, width - MARGIN, height - MARGIN - 48), fill=place(RULE), width=2)
    return image


@cache
def _font(face: Face) -> ImageFont.FreeTypeFont:
    # BASIC: Raqm, which some systems have, would give other bytes; the fonts hold composed letters
    path = Path(face.folder) / f"be-vietnam-pro-{face.weight}.ttf"
    return ImageFont.truetype(path, face.size, layout_engine=ImageFont.Layout.BASIC)
