"""Draws share cards."""

import math
from bisect import bisect_right
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from chuyendoiso.images.cards import CardInputs
from chuyendoiso.images.pixels import encode

PAPER, INK, MUTED, LACQUER = "#fbf7f0", "#1d1b19", "#57514a", "#9e1b22"
MARGIN = 72
TITLE_SIZES = (64, 56, 48, 42, 36, 30)  # the largest at which the title fits in the lines below
TITLE_LINES = 5
LINE_HEIGHT = 1.32  # Vietnamese stacks marks over capitals


def draw_card(inputs: CardInputs) -> bytes:
    """Draw a card as JPEG."""
    image = _paper(inputs.size).copy()
    draw = ImageDraw.Draw(image)
    small = _font(inputs.fonts.path, 400, 32)
    width = inputs.size[0] - 2 * MARGIN
    strong = _font(inputs.fonts.path, 600, 32)
    draw.text((MARGIN, MARGIN), _fitted(inputs.overline, strong, width), fill=LACQUER, font=strong)
    font, lines = _title(inputs.title, inputs.fonts.path, width)
    for index, line in enumerate(lines):
        draw.text((MARGIN, MARGIN + 76 + index * font.size * LINE_HEIGHT), line, fill=INK, font=font)
    draw.text((MARGIN, inputs.size[1] - MARGIN - 24), _fitted(inputs.site_name, small, width), fill=MUTED, font=small)
    return encode(image, "JPEG")


def _title(title: str, fonts: str, width: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the largest font at which the title fits, and its lines; the smallest cuts what is left."""
    for size in TITLE_SIZES:
        font = _font(fonts, 600, size)
        lines = wrap(title, font, width)
        if len(lines) <= TITLE_LINES and len(lines) * size * LINE_HEIGHT <= 350:
            return font, lines
    kept = lines[:8]
    if len(lines) > 8:
        kept[-1] = _fitted(kept[-1] + " …", font, width)
    return font, kept


def wrap(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Break text into lines of at most `width` pixels, between words, and within one that is wider than a line."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(joined) <= width:
            lines[-1] = joined
            continue
        rest = word
        while len(rest) > 1 and font.getlength(rest) > width:
            fits = max(1, bisect_right(range(1, len(rest)), width, key=lambda count: math.ceil(font.getlength(rest[:count]))))
            lines.append(rest[:fits])
            rest = rest[fits:]
        lines.append(rest)
    return lines


def _fitted(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """Cut a line that is too wide, with an ellipsis."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"


@cache
def _paper(size: tuple[int, int]) -> Image.Image:
    """Return the card's ground: a lacquer rule at the left, paper, and a line over the name of the site."""
    width, height = size
    image = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 24, height), fill=LACQUER)
    draw.line((MARGIN, height - MARGIN - 48, width - MARGIN, height - MARGIN - 48), fill="#d9cfc0", width=2)
    return image


@cache
def _font(folder: str, weight: int, size: int) -> ImageFont.FreeTypeFont:
    # BASIC: the fonts hold composed letters, and Raqm, where a system has it, would give other bytes
    return ImageFont.truetype(Path(folder) / f"be-vietnam-pro-{weight}.ttf", size, layout_engine=ImageFont.Layout.BASIC)
