"""The 16 colours of share cards, and their PNG, 4 bits a pixel (PNG 3rd ed., 7.2)."""

import struct
import zlib
from functools import cache

from PIL import Image, ImageColor

PAPER = "#fbf7f0"
INK, LACQUER, MUTED, RULE = "#1d1b19", "#9e1b22", "#57514a", "#d9cfc0"
SHADES = {INK: 7, LACQUER: 4, MUTED: 3, RULE: 1}  # steps from paper to each colour
EDGE = 2  # pixels of paper at the left of an image, which become the byte 0 before each line: it is not filtered (9.2)
MOST_BYTES = 20_000
EFFORTS = ((0, 3), (0, 6), (3, 6), (2, 9), (1, 9))  # most shades (0: all) and zlib's level: long titles and subjects need more


def colours() -> list[tuple[int, ...]]:
    """Return the palette in RGB: paper, and the shades of each colour on it."""
    paper = ImageColor.getrgb(PAPER)
    return [paper] + [
        tuple(round(light + (dark - light) * step / most) for light, dark in zip(paper, ImageColor.getrgb(colour), strict=True))
        for colour, most in SHADES.items()
        for step in range(1, most + 1)
    ]


def place(colour: str) -> int:
    """Return where a colour itself is in the palette, behind its lighter shades."""
    return sum(list(SHADES.values())[: list(SHADES).index(colour) + 1])


@cache
def indices(colour: str) -> list[int]:
    """Return the palette index for each degree (0–255) to which a colour covers paper."""
    steps = [round(degree * SHADES[colour] / 255) for degree in range(256)]
    return [place(colour) - SHADES[colour] + step if step else 0 for step in steps]


def encode_png(image: Image.Image) -> bytes:
    """Encode an image of the palette, with fewer shades if it exceeds `MOST_BYTES`.

    Pillow's encoder takes twice the time for 10 % more bytes.
    """
    pixels = image.tobytes("raw", "P;4")
    header = struct.pack(">IIBBBBB", image.width - EDGE, image.height, 4, 3, 0, 0, 0)  # 4 bits a pixel, of a palette
    palette = bytes(part for colour in colours() for part in colour)
    data = b""
    for shades, level in EFFORTS:
        packed = zlib.compress(pixels.translate(_coarser(shades)) if shades else pixels, level)
        chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", packed), (b"IEND", b""))
        data = b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part)) for name, part in chunks
        )
        if len(data) <= MOST_BYTES:
            break
    return data


@cache
def _coarser(shades: int) -> bytes:
    """Return the replacement of each two pixels that limits a colour's shades."""
    coarse = [0]
    for most in SHADES.values():
        few, first = min(most, shades), len(coarse)
        steps = [round(round(step * few / most) * most / few) for step in range(1, most + 1)]
        coarse += [first + step - 1 if step else 0 for step in steps]
    return bytes(coarse[two >> 4] << 4 | coarse[two & 15] for two in range(256))
