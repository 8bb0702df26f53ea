"""Parse links and frames of a body. `references` checks whether the target exists."""

import posixpath
import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from chuyendoiso.model.broadcasts import FRAME_ADDRESS


class LinkKind(StrEnum):
    """The kinds of link targets."""

    ELSEWHERE = "elsewhere"  # another site, an e-mail address, a telephone
    HERE = "here"  # a heading of the same body
    CONTENT = "content"  # a content file
    MEDIA = "media"  # a file under content/media/
    ADDRESS = "address"  # a page of the site


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """A link's target: a file of the content folder, or an address.

    An address of the site (ADDRESS) is a path, any other (ELSEWHERE) complete.
    """

    kind: LinkKind
    path: str
    fragment: str = ""


class BadLink(Exception):
    """A link that no target can have: the reason and the remedy."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message, self.remedy = message, remedy
        super().__init__(message)


_PREFIX = re.compile(r"(?:\{|%7B)(\w+)(?:\}|%7D)", re.IGNORECASE)

# Most addresses are plain, and this check takes 10 % of the time of parsing one.
_PLAIN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w./?=&%#~+,;:!-]*)?", re.ASCII)


def parse_link(href: str, source: str) -> LinkTarget:
    """Return the target of a link written in `source`. Raises BadLink.

    `source` is relative to the content folder.
    """
    if _PLAIN.fullmatch(href):
        return LinkTarget(LinkKind.ELSEWHERE, href)
    if prefix := _PREFIX.match(href):
        if prefix[1] not in {"filename", "static"}:
            raise BadLink(
                f'Liên kết "{href}" dùng {{{prefix[1]}}}, trang không hiểu.',
                "ghi đường dẫn tới tệp, ví dụ ../../van-ban/749-qd-ttg.md.",
            )
        href = href[prefix.end() :]
    try:
        parts = urlsplit(href)
        _ = parts.port  # raises where it is no number
        if re.search(r'[\s<>"^`{|}]', parts.netloc):
            raise ValueError
    except ValueError:
        raise BadLink(f'Liên kết "{href}" sai cú pháp.', "ghi lại địa chỉ.") from None
    if "@" in parts.netloc:
        redacted = href.replace(parts.netloc.rpartition("@")[0], "…", 1)
        raise BadLink(
            f'Liên kết "{redacted}" có tên người dùng trước dấu @, dễ làm người đọc nhầm sang trang khác.',
            "bỏ phần tới dấu @ trong địa chỉ.",
        )
    if parts.scheme in {"http", "https"} and parts.hostname:
        return LinkTarget(LinkKind.ELSEWHERE, re.sub(r"\s", "%20", href))
    if parts.scheme in {"mailto", "tel"} and parts.path:
        return LinkTarget(LinkKind.ELSEWHERE, href)
    if parts.scheme or parts.netloc or "\\" in href or not href:
        raise BadLink(
            f'Liên kết "{href}" không dùng được.',
            "dùng địa chỉ https://, đường dẫn tới tệp trong content/, hoặc địa chỉ trang bắt đầu bằng /.",
        )
    path, fragment = (normalize("NFC", unquote(part)) for part in (parts.path, parts.fragment))
    if not path:
        return LinkTarget(LinkKind.HERE, "", fragment)
    return _within(href, path, fragment, source)


def _within(href: str, path: str, fragment: str, source: str) -> LinkTarget:
    absolute = path.startswith("/")
    joined = posixpath.normpath(path.lstrip("/") if absolute else posixpath.join(posixpath.dirname(source), path))
    if joined == ".." or joined.startswith("../"):
        raise BadLink(f'Liên kết "{href}" đi ra ngoài thư mục content/.', "chép tệp vào content/media/ và liên kết tới đó.")
    is_media = joined.startswith("media/")
    if is_media or joined.lower().endswith(".md"):
        return LinkTarget(LinkKind.MEDIA if is_media else LinkKind.CONTENT, joined, fragment)
    if absolute:
        return LinkTarget(LinkKind.ADDRESS, path, fragment)
    if re.match(r"www\.[\w-]+\.|(?:[\w-]+\.)+(?:vn|com|net|org|info|edu)(?:/|\Z)", href, re.IGNORECASE):
        raise BadLink(f'Liên kết "{href}" thiếu https:// ở đầu.', f"ghi https://{href}.")
    raise BadLink(
        f'Liên kết "{href}" không trỏ tới tệp .md hay tệp trong content/media/.',
        "ghi đường dẫn tới tệp, hoặc địa chỉ trang bắt đầu bằng /.",
    )


def parse_frame(src: str, hosts: Collection[str]) -> tuple[str, str]:
    """Return the address and host of a frame. Raises BadLink if it is not in `hosts`."""
    match = FRAME_ADDRESS.fullmatch(src.strip())
    if not src.strip():
        raise BadLink("Khung nhúng không có địa chỉ.", 'ghi src="https://…" là địa chỉ của nơi phát, hoặc xóa khung.')
    if match is None:
        raise BadLink(
            f'Khung nhúng từ "{" ".join(src.split())}" không dùng được.',
            "ghi địa chỉ dạng https://tên-miền/…, tên miền có trong livestream_hosts của site.yml; hoặc đổi thành liên kết thường.",
        )
    host = match["host"].lower()
    if host not in hosts:
        raise BadLink(
            f'Khung nhúng từ "{host}" không dùng được.',
            f"đổi thành liên kết thường: [tên](https://{host}/…); nếu đây là nơi phát trực tiếp chính thức của cơ quan "
            "thì thêm tên miền ấy vào livestream_hosts trong site.yml.",
        )
    return f"https://{host}{match['rest'] or '/'}", host
