"""Parse the text of fields: web addresses, paths, hosts, slugs. Raises Invalid."""

import re
from ipaddress import ip_address
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from chuyendoiso.model.parsers import Invalid, parse_text, unquoted
from chuyendoiso.model.urls import PAGE_ENDINGS
from chuyendoiso.model.vietnamese import slugify

GIT_HOSTS = ("gitlab", "gitea", "forgejo")


def parse_slug(value: Any) -> str:
    """Return a slug: words of a-z and 0-9 joined by hyphens, ≤ 100 characters."""
    text = parse_text(value)
    if text != slugify(text) or len(text) > 100:
        suggestion = slugify(text)[:100].strip("-") or "bai-viet"
        message = f'{{label}} "{text}" không dùng được trong địa chỉ trang.'
        raise Invalid("invalid-slug", message, f"chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: {suggestion}.")
    return text


def parse_address(value: Any) -> str:
    """Return an http(s) address with a host, without white space or a user name."""
    text = parse_text(value)
    try:
        parts = urlsplit(text)
        valid = parts.scheme in {"http", "https"} and parts.hostname and not re.search(r"[\s<>\"'\\“”‘’]", text) and parts.port != 0
    except ValueError:  # a port that is no number, too
        valid = False
    if not valid:
        bare = unquoted(text)
        remedy = f"bỏ dấu nháy: {bare}." if bare != text and bare.startswith("http") else "ghi đầy đủ, bắt đầu bằng https://."
        if re.search(r"\s", text):
            remedy = "bỏ dấu cách, hoặc mở trang ấy rồi chép lại địa chỉ từ trình duyệt."
        if re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", text, re.IGNORECASE):
            remedy = f"ghi https://{text}."
        raise Invalid("invalid-url", f'{{label}} "{text}" không phải địa chỉ web.', remedy)
    if "@" in parts.netloc:
        user = parts.netloc.rpartition("@")[0]  # may hold a password, which a log should not
        message = f'{{label}} "{text.replace(user, "…", 1)}" có tên người dùng trước dấu @, dễ làm người đọc nhầm sang trang khác.'
        raise Invalid("invalid-url", message, f"bỏ phần tới dấu @: {text.replace(f'{user}@', '', 1)}.")
    return text


def parse_site_address(value: Any) -> str:
    """Return the site's address: an ASCII host and at most a path."""
    text = parse_address(value)
    parts = urlsplit(text)
    if parts.query or parts.fragment or not text.isascii() or re.search(r"[?#]|//|/\.\.?(?:/|$)", text.partition("://")[2]):
        message = f'{{label}} "{text}" chỉ được có tên miền và đường dẫn, viết không dấu.'
        raise Invalid("invalid-url", message, "bỏ phần từ dấu ? hoặc # trở đi; tên miền có dấu thì ghi dạng xn--.")
    return text


def parse_email(value: Any) -> str:
    """Return an e-mail address."""
    text = parse_text(value)
    if not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+", text):
        raise Invalid("invalid-email", f'{{label}} "{text}" không phải địa chỉ thư điện tử.', "ghi dạng ten@tenmien.vn.")
    return text


def parse_alias(value: Any) -> str:
    """Return a former path as a browser shows it: `/Pages/tin.aspx`, `/tin/cu/`.

    A folder ends with a slash; `index.html` is its folder. White space, `.`, `..` and queries are refused.
    """
    text = normalize("NFC", unquote(parse_text(value)))
    path = re.sub(r"/index\.html?\Z", "/", text)
    if not path.lower().endswith(("/", *PAGE_ENDINGS)):
        path += "/"
    if re.search(r"[?#]", text):
        remedy = "bỏ phần từ dấu ? hoặc # trở đi; trang tĩnh không phân biệt được các địa chỉ chỉ khác phần ấy."
        raise Invalid("invalid-alias", f'{{label}} "{text}" có dấu ? hoặc #.', remedy)
    if (
        not re.fullmatch(r"/(?:[\w~.-]{1,100}/){0,10}(?:[\w~.-]{1,100})?", path)
        or path == "/"
        or re.search(r"/(?:\.\.?|index\.html)(?:/|\Z)|\ufffd", path)
    ):
        message = f'{{label}} "{text}" không phải đường dẫn cũ của trang.'
        remedy = (
            "ghi phần sau tên miền, bắt đầu bằng dấu /, không có dấu cách, ví dụ /tin-tuc/2026/duong-dan-cu/ hoặc /tin/cu.html."
        )
        raise Invalid("invalid-alias", message, remedy)
    return path


def parse_media(value: Any) -> str:
    """Return the path of a file under content/media/, as `media/…`."""
    text = parse_text(value)
    for prefix in ("{static}", "{filename}"):
        text = text.removeprefix(prefix)
    if not text.startswith("/media/") or "/../" in f"{text}/" or "/./" in f"{text}/" or "\\" in text:
        message = f'{{label}} "{text}" không nằm trong content/media/.'
        raise Invalid(
            "outside-media", message, f"đặt tệp vào content/media/ và ghi /media/{text.replace(chr(92), '/').split('/')[-1]}."
        )
    return text.removeprefix("/")


def parse_feed_authority(value: Any) -> str:
    """Return the authority of tag URIs (RFC 4151): domain, comma, year or day."""
    text = parse_text(value)
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*\.[a-z0-9-]+,[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", text):
        message = f'{{label}} "{text}" không có dạng tên miền,năm.'
        raise Invalid("invalid-feed-authority", message, "ghi tên miền và năm bắt đầu dùng, ví dụ tinh.gov.vn,2026.")
    return text


def parse_git_host(value: Any) -> str:
    """Return the kind of a Git host that supports OAuth with PKCE (RFC 7636)."""
    text = parse_text(value)
    if text not in GIT_HOSTS:
        raise Invalid(
            "git-host", f'{{label}} "{text}" không dùng được cho trang biên tập.', f"dùng một trong: {', '.join(GIT_HOSTS)}."
        )
    return text


def parse_host(value: Any) -> str:
    """Return a host name in lower-case ASCII (RFC 5890), without scheme and port."""
    text = parse_text(value)
    label = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
    if len(text) > 253 or not re.fullmatch(rf"(?:{label}\.)+(?!\d+$){label}", text.lower()):
        message = f'{{label}} "{text}" không phải tên miền.'
        raise Invalid("invalid-host", message, "chỉ ghi tên miền, bỏ https:// và phần sau tên miền, ví dụ phat.tinh.gov.vn.")
    return text.lower()


# Names that can never be a real site's: RFC 2606 and RFC 6761.
_PLACEHOLDERS = ("example", "invalid", "test", "localhost", "local", "example.com", "example.net", "example.org")


def is_placeholder(host: str) -> bool:
    """Return whether a host can never be public: reserved or bare names, addresses."""
    bare = host.rstrip(".").lower()
    try:
        ip_address(bare)
        return True
    except ValueError:
        return "." not in bare or any(bare == name or bare.endswith(f".{name}") for name in _PLACEHOLDERS)
