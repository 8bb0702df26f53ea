"""File types by the first bytes, not by the name (signatures of libmagic)."""

import re

_FIRST = 1024  # bytes: a PDF's header may lie that far in (ISO 32000-1, annex H, note 13)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # MS-CFB 2.2
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # MS-OFFCRYPTO 2.3.2: Office Open XML behind a password
_BY_BEGINNING = (
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"\x89PNG\r\n\x1a\n", "ảnh PNG"),
    (b"GIF8", "ảnh GIF"),
    (b"{\\rtf", "tệp chữ RTF"),
    (b"PK\x03\x04", "tệp nén ZIP"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf\x27\x1c", "tệp nén 7-Zip"),
    (b"\x1f\x8b", "tệp nén gzip"),
    (b"\x1aE\xdf\xa3", "đoạn phim"),
    (b"ID3", "tệp âm thanh"),
)
# ISO 14496-12, 4.3: the brand of a file of boxes; ISO 23008-12, 10.2: those of HEIF
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx", b"hevm", b"hevs"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_SVG = re.compile(rb"\s*(?:<\?xml.*?\?>\s*|<!--.*?-->\s*|<!doctype svg.*?>\s*)*<svg\b", re.IGNORECASE | re.DOTALL)


def is_heif(raw: bytes) -> bool:
    """Return whether a file begins as HEIF, which is HEIC too."""
    return raw[4:8] == b"ftyp" and raw[8:12] in _HEIF_BRANDS


def is_pdf(raw: bytes) -> bool:
    """Return whether a file is a PDF: readers accept bytes before its header."""
    return b"%PDF-" in raw[:_FIRST]


def is_locked_office(raw: bytes) -> bool:
    """Return whether a complete file is Office Open XML behind a password."""
    return raw.startswith(_OLE) and _ENCRYPTED_PACKAGE in raw


def is_old_office(raw: bytes) -> bool:
    """Return whether a file is of Office before 2007: .doc, .xls, .ppt."""
    return raw.startswith(_OLE)


def name_file_type(raw: bytes) -> str | None:
    """Return a file's type in Vietnamese, as it follows "Tệp là"; None if unknown."""
    if raw[4:8] == b"ftyp":
        brand = raw[8:12]
        return "ảnh HEIC" if brand in _HEIF_BRANDS else "ảnh AVIF" if brand in _AVIF_BRANDS else "đoạn phim"
    if raw.startswith(b"RIFF"):
        return {b"WEBP": "ảnh WebP", b"WAVE": "tệp âm thanh"}.get(raw[8:12], "đoạn phim")
    if is_locked_office(raw):
        return "tệp Office có mật khẩu"
    if is_old_office(raw):
        return "tệp Office kiểu cũ (.doc, .xls hoặc .ppt)"
    if name := next((name for signature, name in _BY_BEGINNING if raw.startswith(signature)), None):
        return name
    head = raw[:_FIRST].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(head):
        return "trang web (HTML)"
    if _SVG.match(head):
        return "ảnh SVG"
    return "tệp PDF" if is_pdf(raw) else None
