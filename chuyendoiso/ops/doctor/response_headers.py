"""The headers that answers of each kind carry: for security, for caches, and the media types."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chuyendoiso.deploy.serving import FOR_GOOD, FOR_NOW
from chuyendoiso.ops.doctor.crawler import VisitedPage
from chuyendoiso.ops.doctor.findings import Finding, broken, or_good, warning

HALF_A_YEAR, YEAR, SHORT = 15_552_000, 31_536_000, 3600  # seconds
_SEE = "chép lại các tiêu đề trong cấu hình máy chủ web của dự án, nhớ cho cả trang báo lỗi (nginx: always), rồi nạp lại."


@dataclass(frozen=True, slots=True)
class Kinds:
    """An answer of each kind that the site has, by what the kind is called."""

    answers: Mapping[str, VisitedPage]
    secure: bool  # over https


def judge_security(kinds: Kinds) -> Iterator[Finding]:
    """Tell which answers lack a header of security, or have one that protects from nothing."""
    named = ", ".join(kinds.answers)
    yield from or_good(_security(kinds), "headers", f"đủ tiêu đề bảo mật ở: {named}.")


def _security(kinds: Kinds) -> Iterator[Finding]:
    for name, rule in _RULES.items():
        if name == "strict-transport-security" and not kinds.secure:
            continue
        faults: dict[str, list[str]] = {}
        for kind, seen in kinds.answers.items():
            if seen.status and (fault := rule(seen.headers.get(name, ""))):
                faults.setdefault(fault, []).append(kind)
        for fault, where in faults.items():
            yield broken("headers", f"{_shown(name)} {fault} ở: {', '.join(where)}.", _SEE)


def _shown(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-"))


def _policy(value: str) -> str:
    """Return what is wrong with a Content-Security-Policy (CSP Level 3)."""
    if not value:
        return "không có"
    parts = [part.split() for part in value.lower().split(";") if part.strip()]
    directives = {words[0]: words[1:] for words in parts}
    if directives.get("default-src") != ["'none'"]:
        return "không mở đầu bằng default-src 'none'"
    if unsafe := re.findall(r"'unsafe-[a-z-]+'", value.lower()):
        return f"cho phép {', '.join(dict.fromkeys(unsafe))}"
    return "" if "frame-ancestors" in directives else "thiếu frame-ancestors"


def _transport(value: str) -> str:
    return _missing(value) or ("" if _seconds(value, "max-age") >= HALF_A_YEAR else "ngắn hơn nửa năm")


def _referrer(value: str) -> str:
    return _missing(value) or ("để lộ địa chỉ đầy đủ" if value.lower() in {"unsafe-url", "no-referrer-when-downgrade"} else "")


def _opener(value: str) -> str:
    return _missing(value) or ("không cách ly cửa sổ" if value.lower() == "unsafe-none" else "")


def _missing(value: str) -> str:
    return "" if value.strip() else "không có"


_RULES = {
    "content-security-policy": _policy,
    "strict-transport-security": _transport,
    "x-content-type-options": lambda value: _missing(value) or ("" if value.lower() == "nosniff" else "không phải nosniff"),
    "referrer-policy": _referrer,
    "permissions-policy": _missing,
    "cross-origin-opener-policy": _opener,
    "cross-origin-resource-policy": _missing,
}


# ── caches ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

KEPT = "tệp mang mã băm"  # the kind whose address changes with its bytes
RENEWED = ("trang", "nguồn tin")  # the kinds that change at their address


def judge_caches(kinds: Kinds) -> Iterator[Finding]:
    """Tell whether what never changes is kept for good, and what does is asked for again soon (RFC 9111, RFC 5861, RFC 8246)."""
    yield from or_good(_caches(kinds), "cache", "tệp mang mã băm được giữ lâu, trang và nguồn tin được hỏi lại sớm.")


def _caches(kinds: Kinds) -> Iterator[Finding]:
    for kind in (KEPT, *RENEWED):
        seen = kinds.answers.get(kind)
        if not seen or not seen.status:
            continue
        rule = seen.headers.get("cache-control", "").lower()
        if kind == KEPT and ("immutable" not in rule or _seconds(rule, "max-age") < YEAR):
            remedy = f"đặt Cache-Control: {FOR_GOOD} cho css, js, media/anh và media/the."
            yield warning("cache", f'{kind} {seen.url} có Cache-Control "{rule}" nên bị tải lại mãi.', remedy)
        elif kind != KEPT and not (0 <= _seconds(rule, "max-age") <= SHORT and "stale-while-revalidate" in rule):
            remedy = f"đặt Cache-Control: {FOR_NOW}."
            yield warning("cache", f'{kind} {seen.url} có Cache-Control "{rule}": bản sửa có thể tới người đọc muộn.', remedy)


def _seconds(rule: str, name: str) -> int:
    """Return a number that a header gives; -1 where it gives none."""
    found = re.search(rf'{name}="?([0-9]+)', rule.lower())
    return int(found[1]) if found else -1


@dataclass(frozen=True, slots=True)
class Again:
    """A feed, and the answer to the same question with what the first answer told of its version."""

    first: VisitedPage
    second: VisitedPage


def judge_conditional(again: Again) -> Iterator[Finding]:
    """Tell whether a puller that has the newest is spared the rest."""
    yield from or_good(_conditional(again), "conditional", "nguồn tin không đổi thì trả lời 304.")


def _conditional(again: Again) -> Iterator[Finding]:
    if again.first.status == 200 and again.second.status != 304:
        message = f"Hỏi lại {again.first.url} khi nguồn chưa đổi thì {again.second.told}, không phải 304."
        yield warning("conditional", message, "bật ETag và Last-Modified ở máy chủ web (nginx: etag on), đừng để lớp đệm bỏ chúng.")


def judge_types(answers: Mapping[str, tuple[VisitedPage, str]]) -> Iterator[Finding]:
    """Tell which files, by what they are called, have another media type than they should."""
    yield from or_good(_types(answers), "types", f"đúng kiểu tệp ở: {', '.join(answers)}.")


def _types(answers: Mapping[str, tuple[VisitedPage, str]]) -> Iterator[Finding]:
    for name, (seen, wanted) in answers.items():
        if seen.status == 200 and seen.media_type != wanted:
            message = f'{name} {seen.url} có kiểu "{seen.media_type}", phải là {wanted}.'
            yield broken("types", message, f"khai báo kiểu {wanted} cho tệp này trong máy chủ web.")
