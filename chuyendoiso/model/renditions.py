"""Which renditions a picture has, and their addresses, by arithmetic alone."""

from dataclasses import dataclass

from chuyendoiso.model.items import File, Picture

WIDTHS = (480, 800, 1280)  # CSS pixels × density: a phone of 360 px at 1.33, one at 2.2, the column of a wide screen at 1.9
CARD_SIZE = (1200, 630)  # Open Graph's recommended share picture
VERSION = 2  # of the bytes that pictures are made into, in every address: browsers and social networks have old ones for good


@dataclass(frozen=True, slots=True)
class Rendition:
    """One encoded size: `path` is its address on the site."""

    path: str
    format: str  # Pillow's name: WEBP or JPEG
    width: int
    height: int


def renditions(picture: Picture, format_: str) -> tuple[Rendition, ...]:
    """Return a picture's renditions in a format, narrowest first, never enlarged."""
    path, ending = f"/media/anh/{rendition_name(picture.digest)}", {"WEBP": "webp", "JPEG": "jpg"}[format_]
    return tuple(
        Rendition(f"{path}-{width}.{ending}", format_, width, max(1, round(picture.height * width / picture.width)))
        for width in sorted({min(width, picture.width) for width in WIDTHS})
    )


def rendition_name(digest: str) -> str:
    """Return the start of the file names of a picture's renditions."""
    return f"{digest[:20]}v{VERSION}"


def largest_jpeg(picture: Picture) -> Rendition:
    """Return the rendition for readers that take one file only."""
    return renditions(picture, "JPEG")[-1]


def first_page_picture(file: File) -> Rendition | None:
    """Return the picture of a PDF's first page, if there is one."""
    first = file.first_page
    return Rendition(f"/media/trang-dau/{rendition_name(file.digest)}.webp", "WEBP", first.width, first.height) if first else None
