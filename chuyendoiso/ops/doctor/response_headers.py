"""Check the headers of each kind of response: security, caching, media types."""

import re
from collections.abc import Callable, Iterator, Mapping

from chuyendoiso.deploy.serving import FOR_GOOD, FOR_NOW
from chuyendoiso.ops.doctor.crawler import CrawlResponse
from chuyendoiso.ops.doctor.findings import Finding, broken, good, or_good, warning

HALF_A_YEAR, YEAR, SHORT = 15_552_000, 31_536_000, 3600  # seconds
_SEE = "chép lại các tiêu đề trong cấu hình máy chủ web của dự án, nhớ cho cả trang báo lỗi (nginx: always), rồi nạp lại."


def check_security(responses: Mapping[str, CrawlResponse], https: bool) -> Iterator[Finding]:
    """Report security headers that are missing or too weak; `responses` are by kind."""
    yield from or_good(_security_faults(responses, https), "headers", f"đủ tiêu đề bảo mật ở: {', '.join(responses)}.")


def _security_faults(responses: Mapping[str, CrawlResponse], https: bool) -> Iterator[Finding]:
    for name, rule in _RULES.items():
        if name == "strict-transport-security" and not https:
            continue
        kinds: dict[str, list[str]] = {}  # by fault
        for kind, response in responses.items():
            value = response.headers.get(name, "")
            if response.status and (fault := rule(value) if value.strip() else "không có"):
                kinds.setdefault(fault, []).append(kind)
        for fault, faulty in kinds.items():
            yield broken("headers", f"{name.title()} {fault} ở: {', '.join(faulty)}.", _SEE)


def _policy(value: str) -> str:
    """Return what is wrong with a Content-Security-Policy (CSP Level 3)."""
    directives = {words[0]: words[1:] for words in map(str.split, value.lower().split(";")) if words}
    if directives.get("default-src") != ["'none'"]:
        return "không mở đầu bằng default-src 'none'"
    if unsafe := re.findall(r"'unsafe-[a-z-]+'", value.lower()):
        return f"cho phép {', '.join(dict.fromkeys(unsafe))}"
    return "" if "frame-ancestors" in directives else "thiếu frame-ancestors"


def _transport(value: str) -> str:
    return "" if _seconds(value, "max-age") >= HALF_A_YEAR else "ngắn hơn nửa năm"


def _referrer(value: str) -> str:
    return "để lộ địa chỉ đầy đủ" if value.lower() in {"unsafe-url", "no-referrer-when-downgrade"} else ""


# What is wrong with a header's value
_RULES: Mapping[str, Callable[[str], str]] = {
    "content-security-policy": _policy,
    "strict-transport-security": _transport,
    "x-content-type-options": lambda value: "" if value.lower() == "nosniff" else "không phải nosniff",
    "referrer-policy": _referrer,
    "permissions-policy": lambda value: "",
    "cross-origin-opener-policy": lambda value: "không cách ly cửa sổ" if value.lower() == "unsafe-none" else "",
    "cross-origin-resource-policy": lambda value: "",
}


# ── caches ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

HASHED = "tệp mang mã băm"  # the kind whose URL changes with its bytes
MUTABLE = ("trang", "nguồn tin")  # the kinds that change at the same URL


def check_caching(responses: Mapping[str, CrawlResponse]) -> Iterator[Finding]:
    """Report wrong cache lifetimes: short for hashed files, or long for others.

    Sources: RFC 9111, RFC 5861, RFC 8246.
    """
    message = "tệp mang mã băm được giữ lâu, trang và nguồn tin được hỏi lại sớm."
    yield from or_good(_caching_faults(responses), "cache", message)


def _caching_faults(responses: Mapping[str, CrawlResponse]) -> Iterator[Finding]:
    for kind in (HASHED, *MUTABLE):
        response = responses.get(kind)
        if not response or not response.status:
            continue
        rule = response.headers.get("cache-control", "").lower()
        seconds = _seconds(rule, "max-age")
        if kind == HASHED and ("immutable" not in rule or seconds < YEAR):
            remedy = f"đặt Cache-Control: {FOR_GOOD} cho css, js, media/anh và media/the."
            yield warning("cache", f'{kind} {response.url} có Cache-Control "{rule}" nên bị tải lại mãi.', remedy)
        elif kind != HASHED and not (0 <= seconds <= SHORT and "stale-while-revalidate" in rule):
            message = f'{kind} {response.url} có Cache-Control "{rule}": bản sửa có thể tới người đọc muộn.'
            yield warning("cache", message, f"đặt Cache-Control: {FOR_NOW}.")


def _seconds(rule: str, name: str) -> int:
    """Return the number of a directive; -1 if it has none."""
    match = re.search(rf'{name}="?([0-9]+)', rule.lower())
    return int(match[1]) if match else -1


def check_conditional(first: CrawlResponse, second: CrawlResponse) -> Finding:
    """Report a feed that does not answer 304 to a conditional request, the second one."""
    if first.status != 200 or second.status == 304:
        return good("conditional", "nguồn tin không đổi thì trả lời 304.")
    message = f"Hỏi lại {first.url} khi nguồn chưa đổi thì {second.outcome}, không phải 304."
    return warning("conditional", message, "bật ETag và Last-Modified ở máy chủ web (nginx: etag on), đừng để lớp đệm bỏ chúng.")


def check_media_types(responses: Mapping[str, tuple[CrawlResponse, str]]) -> Iterator[Finding]:
    """Report files with another media type than the expected one.

    `responses` are by kind.
    """
    faults = (
        broken(
            "types",
            f'{kind} {response.url} có kiểu "{response.media_type}", phải là {expected}.',
            f"khai báo kiểu {expected} cho tệp này trong máy chủ web.",
        )
        for kind, (response, expected) in responses.items()
        if response.media_type != expected
    )
    yield from or_good(faults, "types", f"đúng kiểu tệp ở: {', '.join(responses)}.")
