"""Remove what tells where and by whom a picture was taken."""

import io

from PIL import ExifTags, Image

_XMP = {"xmp", "XML:com.adobe.xmp"}  # Pillow's names of it: in JPEG and WebP, in PNG


def without_metadata(raw: bytes) -> bytes:
    """Return a picture without EXIF and XMP; EXIF's orientation stays."""
    with Image.open(io.BytesIO(raw)) as image:
        exif, profile = image.getexif(), image.info.get("icc_profile")
        if not exif and _XMP.isdisjoint(image.info):
            return raw
        bare = Image.Exif()
        if turn := exif.get(ExifTags.Base.Orientation):
            bare[ExifTags.Base.Orientation] = turn
        for name in _XMP:
            image.info.pop(name, None)
        quality = {"quality": "keep"} if image.format == "JPEG" else {"quality": 90}
        result = io.BytesIO()
        image.save(result, "JPEG" if image.format == "MPO" else image.format, exif=bare, icc_profile=profile, **quality)
    return result.getvalue()
