"""The origin of a site that may frame our pages.

Source: Content Security Policy 3 (host-source without a path).
"""

import re
from typing import Any

from chuyendoiso.model.parsers import Invalid, parse_text

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = rf"(?:{_LABEL}\.)*{_LABEL}"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?!\d+$){_LABEL}")
_ORIGIN = re.compile(rf"(?P<scheme>https?)://(?P<host>{_HOST})(?::(?P<port>[0-9]{{1,5}}))?", re.ASCII)
_BARE = re.compile(rf"{_HOST}(?::[0-9]{{1,5}})?", re.ASCII)
_DEFAULT = {"http": 80, "https": 443}
_EXAMPLE = (
    "ghi tên máy chủ, ví dụ cong.tinh.gov.vn; trang dùng http hoặc số cổng riêng thì ghi cả, ví dụ http://cong.tinh.gov.vn:8080."
)


def parse_origin(value: Any) -> str:
    """Return an origin in lower case; a bare domain gets https://."""
    text = parse_text(value)
    lowered = text.lower()
    if len(lowered) <= 253 and _DOMAIN.fullmatch(lowered):
        return f"https://{lowered}"
    if origin := _origin(lowered):
        return origin
    head, _, rest = lowered.partition("://") if "://" in lowered else ("", "", lowered)
    bare = re.split(r"[/?#]", rest, maxsplit=1)[0]
    meant = f"{head}://{bare}" if head else bare
    if meant != lowered and (_DOMAIN.fullmatch(meant) or _origin(meant)):
        raise Invalid("invalid-host", f'{{label}} "{text}" có phần thừa sau tên máy chủ.', f"ghi {meant}.")
    if _BARE.fullmatch(lowered) and _origin(f"https://{lowered}"):
        remedy = f"ghi https://{lowered}, hoặc http://{lowered} nếu trang ấy dùng http."
        raise Invalid("invalid-host", f'{{label}} "{text}" thiếu http:// hoặc https:// ở đầu.', remedy)
    redacted = re.sub(r"[^/]*@", "…@", text)  # may hold a password, which a log should not
    raise Invalid("invalid-host", f'{{label}} "{redacted}" không phải tên máy chủ.', _EXAMPLE)


def _origin(text: str) -> str | None:
    """Return an origin without its default port; None if the text is no origin."""
    match = _ORIGIN.fullmatch(text)
    if not match or len(match["host"]) > 253 or not _plausible(match["host"]):
        return None
    port = int(match["port"] or _DEFAULT[match["scheme"]])
    if not 0 < port < 65_536:
        return None
    return f"{match['scheme']}://{match['host']}" + (f":{port}" if port != _DEFAULT[match["scheme"]] else "")


def _plausible(host: str) -> bool:
    """Return whether a host is a name or a complete IPv4 address, as browsers read it."""
    parts = host.split(".")
    if not parts[-1].isdigit():
        return True
    return len(parts) == 4 and all(part.isdigit() and str(int(part)) == part and int(part) < 256 for part in parts)
