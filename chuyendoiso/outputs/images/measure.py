"""Measure pictures; they are decoded only to find damaged files."""

import hashlib
import posixpath
import struct
import warnings
from pathlib import Path

from PIL import ExifTags, Image, PngImagePlugin

from chuyendoiso.model.file_signatures import is_heif, name_file_type
from chuyendoiso.model.items import Picture
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.vietnamese import format_number, format_size

# Pillow's name of a format → the name that people know, and its endings
_FORMATS = {
    "JPEG": ("JPEG", (".jpg", ".jpeg")),
    "MPO": ("JPEG", (".jpg", ".jpeg")),
    "PNG": ("PNG", (".png",)),
    "WEBP": ("WebP", (".webp",)),
    "GIF": ("GIF", (".gif",)),
    "HEIF": ("HEIC", (".heic", ".heif")),
}
_ANIMATED = {"GIF", "WEBP", "PNG"}  # frames of others are no motion: both eyes of an MPO, a burst in a HEIC
_RENAMED = "sửa tên tệp trong bài cho khớp."
_AS_JPEG = f"lưu lại thành JPEG với đuôi .jpg, {_RENAMED}"
# A text, or the colour profile, of a PNG: photo editors write more than the 1 MB that Pillow allows. All texts together are held to 64 MB as well.
PngImagePlugin.MAX_TEXT_CHUNK = PngImagePlugin.MAX_TEXT_MEMORY
# The errors of Pillow's decoders for damaged files
_DAMAGED = (
    OSError, SyntaxError, ValueError, EOFError, RuntimeError, LookupError, TypeError, ArithmeticError, AttributeError, struct.error,
)  # fmt: skip
SIDEWAYS = {5, 6, 7, 8}  # values of EXIF's Orientation (CIPA DC-008, 4.6.4) that swap width and height


def open_picture(path: Path, pixels: int | None = None) -> Image.Image:
    """Open a picture lazily, HEIF too, whatever its name. Raises Pillow's errors.

    More than `pixels` pixels are an error (None: any number).
    """
    with path.open("rb") as stream:
        head = stream.read(1024)
    if is_heif(head):
        import pillow_heif  # loaded only if there is such a file: 10 MB of codecs

        pillow_heif.register_heif_opener()
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        Image.MAX_IMAGE_PIXELS = pixels  # Pillow warns above it
        return Image.open(path)


def memory_needed(image: Image.Image) -> int:
    """Return the bytes to read and encode a picture (measured at 12 megapixels)."""
    if image.format in {"JPEG", "MPO"}:
        per_pixel = 4 if image.info.get("progressive") else 1  # all coefficients of a progressive JPEG are in memory
    else:
        by_mode = {"1": 3, "L": 3, "P": 7, "RGB": 7}.get(image.mode, 10)
        per_pixel = {"WEBP": 18, "HEIF": 12}.get(image.format or "", by_mode)
    return image.width * image.height * per_pixel


def measure_picture(path: Path, source: str, display_path: str, limits: Limits) -> Picture | Problem:
    """Return a picture with its upright size and digest, or its problem."""
    if (size := path.stat().st_size) > limits.picture_bytes:
        message = f"Tệp ảnh nặng {format_size(size)}, tối đa {format_size(limits.picture_bytes)}."
        return Problem(
            display_path, 1, "picture-too-large", message, "lưu lại ảnh nhỏ hơn, ví dụ JPEG không quá 4000 điểm mỗi chiều."
        )
    raw = path.read_bytes()
    if not raw:
        return Problem(display_path, 1, "empty-file", "Tệp ảnh rỗng (0 byte).", "chép lại tệp ảnh gốc vào chỗ này.")
    try:
        with open_picture(path, limits.picture_pixels) as image:
            size_or_problem = _upright_size(image, posixpath.splitext(source)[1].lower(), display_path, limits)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        message = f"Ảnh có hơn {format_number(limits.picture_pixels)} điểm ảnh."
        return Problem(display_path, 1, "picture-too-large", message, "thu nhỏ ảnh còn không quá 4000 điểm mỗi chiều.")
    except _DAMAGED as error:
        return _diagnose(raw, display_path, error)
    if isinstance(size_or_problem, Problem):
        return size_or_problem
    return Picture(source, hashlib.sha256(raw).hexdigest(), *size_or_problem)


def _upright_size(image: Image.Image, ending: str, display_path: str, limits: Limits) -> tuple[int, int] | Problem:
    """Return width and height, or the picture's problem. Raises Pillow's errors."""
    name, endings = _FORMATS.get(image.format or "", (image.format, ()))
    if image.format in _ANIMATED and getattr(image, "n_frames", 1) > 1:
        remedy = f"lưu một khung hình thành JPEG hoặc PNG, {_RENAMED}"
        return Problem(display_path, 1, "animated-picture", f"Ảnh {name} động không dùng được.", remedy)
    if ending not in endings:
        remedy = f"đổi đuôi tệp thành {endings[0]}, {_RENAMED}" if endings else _AS_JPEG
        return Problem(display_path, 1, "mislabelled-file", f"Tệp là ảnh {name}, không phải định dạng như tên tệp.", remedy)
    width, height = image.size
    if width * height > limits.picture_pixels:
        raise Image.DecompressionBombError
    if (needed := memory_needed(image)) > limits.memory_bytes:
        message = f"Đọc ảnh này cần khoảng {format_size(needed)} bộ nhớ, tối đa {format_size(limits.memory_bytes)}."
        return Problem(display_path, 1, "picture-too-heavy", message, "lưu lại thành JPEG, không quá 4000 điểm mỗi chiều.")
    if image.getexif().get(ExifTags.Base.Orientation) in SIDEWAYS:
        width, height = height, width
    image.draft(None, (width // 8, height // 8))  # JPEG: all is decoded, to an eighth of its size
    image.load()  # a truncated file opens, and only fails here
    return width, height


def _diagnose(raw: bytes, display_path: str, error: Exception) -> Problem:
    """Return the problem of a file that Pillow cannot open: its type, or damage."""
    if "MAX_TEXT" in str(error):  # Pillow names the limit, no error class
        return Problem(display_path, 1, "picture-too-heavy", "Ảnh PNG mang theo phần chữ hoặc hồ sơ màu quá lớn.", _AS_JPEG)
    name = name_file_type(raw)
    if name == "ảnh SVG":
        remedy = "xuất thành ảnh PNG, rồi dùng ảnh ấy."
        return Problem(display_path, 1, "mislabelled-file", "Tệp là ảnh SVG, trang không dùng được.", remedy)
    if name and not name.startswith("ảnh "):
        remedy = "chép tệp ảnh thật (JPEG, PNG, WebP hoặc HEIC) vào chỗ này."
        return Problem(display_path, 1, "mislabelled-file", f"Tệp là {name}, không phải ảnh.", remedy)
    return Problem(
        display_path, 1, "broken-picture", "Tệp ảnh hỏng hoặc bị cắt cụt.", "chép lại tệp ảnh gốc, hoặc lưu lại thành JPEG."
    )
