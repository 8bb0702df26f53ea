"""A picture's facts, read from its header: what `domain.renditions` needs to plan, before a pixel is touched."""

import hashlib
import posixpath
import warnings
from pathlib import Path

from PIL import ExifTags, Image

from chuyendoiso.domain.model import Picture
from chuyendoiso.domain.problems import Problem

MAX_PIXELS = 100_000_000  # a phone's largest picture has 50 to 108 million; a bomb has thousands of millions
Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # Pillow warns above it; here the warning is an error
_FORMATS = {
    ".jpg": {"JPEG", "MPO"},
    ".jpeg": {"JPEG", "MPO"},
    ".png": {"PNG"},
    ".webp": {"WEBP"},
    ".gif": {"GIF"},
    ".heic": {"HEIF"},
    ".heif": {"HEIF"},
}
_SIDEWAYS = {5, 6, 7, 8}  # values of EXIF's Orientation (CIPA DC-008, 4.6.4) that swap width and height


def open_picture(path: Path) -> Image.Image:
    """Open a picture lazily, HEIF too. Raises what Pillow raises; bombs are an error."""
    if path.suffix.lower() in {".heic", ".heif"}:
        import pillow_heif  # loaded only where such a file is used: it brings 10 MB of codecs

        pillow_heif.register_heif_opener()
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        return Image.open(path)


def measure_picture(path: Path, source: str, shown: str) -> Picture | Problem:
    """Read a picture's size as shown upright, its format and its digest; refuse what is not what its name says."""
    raw = path.read_bytes()
    if not raw:
        return Problem(shown, 1, "empty-file", "Tệp ảnh rỗng (0 byte).", "chép lại tệp ảnh gốc vào chỗ này.")
    try:
        with open_picture(path) as image:
            if image.format not in _FORMATS[posixpath.splitext(source)[1].lower()]:
                message = f"Tệp là ảnh {image.format}, không phải định dạng như tên tệp."
                return Problem(shown, 1, "mislabelled-file", message, "đổi đuôi tệp cho đúng, hoặc lưu lại thành JPEG.")
            if image.format == "GIF" and getattr(image, "n_frames", 1) > 1:
                message = "Ảnh GIF động không dùng được."
                return Problem(shown, 1, "animated-picture", message, "lưu một khung hình thành JPEG hoặc PNG.")
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise Image.DecompressionBombError
            if image.getexif().get(ExifTags.Base.Orientation) in _SIDEWAYS:
                width, height = height, width
            image.load()  # a truncated file opens, and only fails here
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        message = f"Ảnh có hơn {MAX_PIXELS // 1_000_000} triệu điểm ảnh."
        return Problem(shown, 1, "picture-too-large", message, "thu nhỏ ảnh còn không quá 4000 điểm mỗi chiều.")
    except (OSError, SyntaxError, ValueError, EOFError):
        return Problem(
            shown, 1, "broken-picture", "Tệp ảnh hỏng hoặc bị cắt cụt.", "chép lại tệp ảnh gốc, hoặc lưu lại thành JPEG."
        )
    return Picture(source, hashlib.sha256(raw).hexdigest(), width, height)
