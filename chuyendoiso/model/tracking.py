"""Find and clean addresses that track readers: `utm_source`, `fbclid` …"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

_ADDRESS = re.compile(r"""https?://[^\s<>"'“”|\\^`]+""", re.IGNORECASE)
_VALUE = r"[^&#;\s)\]},]*"
_PARAMETER = re.compile(
    rf"(?P<sign>[?&]|&amp;)(?:utm_\w+|fbclid|gclid|dclid|msclkid|zarsrc|igshid|igsh|mc_[ce]id|_ga)={_VALUE}", re.IGNORECASE
)
# pages of these hosts redirect to the address in a parameter
_LEADING = re.compile(
    rf"https?://(?:lm?\.facebook\.com/l\.php|l\.instagram\.com/|(?:www\.)?google\.com(?:\.vn)?/url)\?(?:[^\s#]*?[?&])?(?:u|q|url)=(?P<to>https?(?::|%3A){_VALUE})(?:&{_VALUE})*",
    re.IGNORECASE,
)


def clean_address(address: str) -> str:
    """Return an address without tracking."""
    led = _LEADING.search(address)
    if led:
        address = address[: led.start()] + clean_address(unquote(led["to"])) + address[led.end() :]
    cleaned = _PARAMETER.sub(lambda match: "?" if match["sign"] == "?" else "", address)
    if cleaned == address:
        return address
    return re.sub(r"\?(?=#|[)\]},.;]*\Z)", "", re.sub(r"\?(?:&amp;|&|\?)+", "?", cleaned))


def tracked_addresses(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield line (from 1), address and clean address of each tracked one in a text."""
    for match in _ADDRESS.finditer(text):
        cleaned = clean_address(match[0])
        if cleaned != match[0]:
            yield text.count("\n", 0, match.start()) + 1, match[0], cleaned


def without_tracking(text: str) -> str:
    """Return a text whose addresses follow no reader."""
    return _ADDRESS.sub(lambda match: clean_address(match[0]), text)
