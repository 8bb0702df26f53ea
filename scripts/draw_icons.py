"""Draws the site's icons into theme/static/icons/: a staircase of squares, the last one gold, that names no place.

It decides the drawing alone; which icon a page names is the templates' affair. Run it from any folder: `python scripts/draw_icons.py`.
"""

from pathlib import Path

from PIL import Image, ImageDraw

ICONS = Path(__file__).resolve().parent.parent / "theme" / "static" / "icons"
RED, PAPER, GOLD = "#9e1b22", "#fbf7f0", "#e9b949"
GRID = 24  # the units of the drawing
CORNER = 5
SQUARE = 4
STEPS = ((5, 15), (10, 15), (10, 10), (15, 15), (15, 10), (15, 5))  # left and top of each square; the last is gold
OVERSAMPLING = 4
PNGS = (("icon-192.png", 192, False), ("icon-512.png", 512, False), ("apple-touch-icon.png", 180, True))


def main() -> None:
    """Write every icon."""
    ICONS.mkdir(parents=True, exist_ok=True)
    (ICONS / "favicon.svg").write_text(make_svg(), encoding="utf-8")
    for name, size, square in PNGS:
        draw_png(size, square).save(ICONS / name, optimize=True)


def make_svg() -> str:
    """Return the icon as SVG."""
    paths = {colour: "".join(f"M{x} {y}h{SQUARE}v{SQUARE}h-{SQUARE}z" for x, y in found) for colour, found in coloured().items()}
    squares = "".join(f'<path fill="{colour}" d="{path}"/>' for colour, path in paths.items())
    ground = f'<rect width="{GRID}" height="{GRID}" rx="{CORNER}" fill="{RED}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {GRID} {GRID}">{ground}{squares}</svg>\n'


def coloured() -> dict[str, tuple[tuple[int, int], ...]]:
    """Return the squares of each colour."""
    return {PAPER: STEPS[:-1], GOLD: STEPS[-1:]}


def draw_png(size: int, square: bool) -> Image.Image:
    """Draw the icon `size` pixels wide; `square` fills the corners, since Apple's devices round them themselves."""
    wide = size * OVERSAMPLING
    unit = wide / GRID
    image = Image.new("RGBA", (wide, wide), RED if square else (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    if not square:
        draw.rounded_rectangle((0, 0, wide - 1, wide - 1), CORNER * unit, fill=RED)
    for colour, found in coloured().items():
        for x, y in found:
            draw.rectangle((x * unit, y * unit, (x + SQUARE) * unit - 1, (y + SQUARE) * unit - 1), fill=colour)
    small = image.resize((size, size), Image.Resampling.LANCZOS)
    return small.convert("RGB") if square else small


if __name__ == "__main__":
    main()
