"""Draw sample pictures by seed for demo and test content."""

import io
import random

from PIL import Image, ImageDraw

_SKIES = ("#d9e4ea", "#f3dcc2", "#e8d9e6", "#dfe8d2")
_FIELDS = ("#7d9a5b", "#b0894a", "#5b8a8a", "#9a6b5b")


def sample_picture(seed: int, width: int = 1600, height: int = 900) -> bytes:
    """Return a JPEG."""
    chance = random.Random(seed)
    image = Image.new("RGB", (width, height), chance.choice(_SKIES))
    draw = ImageDraw.Draw(image)
    radius = height // 9
    x, y = chance.randrange(radius, width - radius), chance.randrange(radius, height // 2)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill="#c8372d")
    for layer in range(3):
        top = height * (5 + layer) // 9
        ridge = [(step * width // 8, top + chance.randrange(-height // 14, height // 14)) for step in range(9)]
        draw.polygon([(0, height), *ridge, (width, height)], fill=chance.choice(_FIELDS))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
