"""A picture's facts, read from its header: what `domain.renditions` needs to plan, before a pixel is touched."""

import hashlib
import posixpath
import struct
import warnings
from pathlib import Path

from PIL import ExifTags, Image

from chuyendoiso.domain.limits import Limits
from chuyendoiso.domain.model import Picture
from chuyendoiso.domain.problems import Problem
from chuyendoiso.domain.vietnamese import format_number, format_size

_FORMATS = {
    ".jpg": {"JPEG", "MPO"},
    ".jpeg": {"JPEG", "MPO"},
    ".png": {"PNG"},
    ".webp": {"WEBP"},
    ".gif": {"GIF"},
    ".heic": {"HEIF"},
    ".heif": {"HEIF"},
}
SIDEWAYS = {5, 6, 7, 8}  # values of EXIF's Orientation (CIPA DC-008, 4.6.4) that swap width and height


def open_picture(path: Path, pixels: int | None = None) -> Image.Image:
    """Open a picture lazily, HEIF too. Raises what Pillow raises; one of more than `pixels` (None: any number) is an error."""
    if path.suffix.lower() in {".heic", ".heif"}:
        import pillow_heif  # loaded only where such a file is used: it brings 10 MB of codecs

        pillow_heif.register_heif_opener()
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        Image.MAX_IMAGE_PIXELS = pixels  # Pillow warns above it
        return Image.open(path)


def memory_needed(image: Image.Image) -> int:
    """Return what reading a picture and encoding a rendition of it takes, in bytes: measured at 12 megapixels, rounded up."""
    if image.format in {"JPEG", "MPO"}:
        per_pixel = 4 if image.info.get("progressive") else 1  # a progressive one is held whole, as coefficients
    else:
        by_mode = {"1": 3, "L": 3, "P": 7, "RGB": 7}.get(image.mode, 10)
        per_pixel = {"WEBP": 18, "HEIF": 12}.get(image.format or "", by_mode)
    return image.width * image.height * per_pixel


def measure_picture(path: Path, source: str, shown: str, limits: Limits) -> Picture | Problem:
    """Read a picture's size as shown upright, its format and its digest; refuse what is not what its name says."""
    size = path.stat().st_size
    if size > limits.picture_bytes:
        message = f"Tệp ảnh nặng {format_size(size)}, tối đa {format_size(limits.picture_bytes)}."
        return Problem(shown, 1, "picture-too-large", message, "lưu lại ảnh nhỏ hơn, ví dụ JPEG không quá 4000 điểm mỗi chiều.")
    raw = path.read_bytes()
    if not raw:
        return Problem(shown, 1, "empty-file", "Tệp ảnh rỗng (0 byte).", "chép lại tệp ảnh gốc vào chỗ này.")
    try:
        with open_picture(path, limits.picture_pixels) as image:
            if image.format not in _FORMATS[posixpath.splitext(source)[1].lower()]:
                message = f"Tệp là ảnh {image.format}, không phải định dạng như tên tệp."
                return Problem(shown, 1, "mislabelled-file", message, "đổi đuôi tệp cho đúng, hoặc lưu lại thành JPEG.")
            if image.format == "GIF" and getattr(image, "n_frames", 1) > 1:
                message = "Ảnh GIF động không dùng được."
                return Problem(shown, 1, "animated-picture", message, "lưu một khung hình thành JPEG hoặc PNG.")
            width, height = image.size
            if width * height > limits.picture_pixels:
                raise Image.DecompressionBombError
            if (needed := memory_needed(image)) > limits.memory_bytes:
                message = f"Đọc ảnh này cần khoảng {format_size(needed)} bộ nhớ, tối đa {format_size(limits.memory_bytes)}."
                return Problem(shown, 1, "picture-too-heavy", message, "lưu lại thành JPEG, không quá 4000 điểm mỗi chiều.")
            if image.getexif().get(ExifTags.Base.Orientation) in SIDEWAYS:
                width, height = height, width
            image.draft(None, (width // 8, height // 8))  # JPEG: all is decoded, an eighth of the size is kept
            image.load()  # a truncated file opens, and only fails here
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        message = f"Ảnh có hơn {format_number(limits.picture_pixels)} điểm ảnh."
        return Problem(shown, 1, "picture-too-large", message, "thu nhỏ ảnh còn không quá 4000 điểm mỗi chiều.")
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        RuntimeError,
        LookupError,
        TypeError,
        ArithmeticError,
        AttributeError,
        struct.error,
    ):
        return Problem(
            shown, 1, "broken-picture", "Tệp ảnh hỏng hoặc bị cắt cụt.", "chép lại tệp ảnh gốc, hoặc lưu lại thành JPEG."
        )
    return Picture(source, hashlib.sha256(raw).hexdigest(), width, height)
