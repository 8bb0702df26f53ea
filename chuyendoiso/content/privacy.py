"""Find private numbers (a warning: some are public) and secrets (an error)."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from chuyendoiso.model.problems import Problem, Severity
from chuyendoiso.model.site import Site

# Nghị định 137/2015/NĐ-CP, điều 13: twelve digits, the first three a province's or country's code
_CITIZEN = re.compile(r"(?<![\d.,/-])0\d{11}(?![\d/-])")
_PHONE = re.compile(r"(?<![\d.,/-])(?:\+84|0)(?:[ .-]?\d){9,10}(?![\d/-])")
_LONG_NUMBER = re.compile(r"(?:\+84|0)(?:[ .-]?\d){9}")  # both of the above begin with one

# The usual kinds of tokens, as their issuers document them: strings of which each token holds one, and the pattern.
SECRETS: Mapping[str, tuple[tuple[str, ...], re.Pattern[str]]] = MappingProxyType(
    {
        "AWS": (("AKIA", "ASIA"), re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")),
        "GitHub": (
            ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
            re.compile(r"\b(?:gh[pousr]_[0-9A-Za-z]{36}|github_pat_[0-9A-Za-z_]{60,})"),
        ),
        "GitLab": (("glpat-",), re.compile(r"\bglpat-[0-9A-Za-z_-]{20}")),
        "Slack": (("xox",), re.compile(r"\bxox[abprs]-[0-9A-Za-z-]{10,}")),
        "Google": (("AIza",), re.compile(r"\bAIza[0-9A-Za-z_-]{35}")),
        "Stripe": (("k_live_",), re.compile(r"\b[rs]k_live_[0-9A-Za-z]{20,}")),
        "npm": (("npm_",), re.compile(r"\bnpm_[0-9A-Za-z]{36}\b")),
        "PyPI": (("pypi-",), re.compile(r"\bpypi-[0-9A-Za-z_-]{50,}")),
        "Telegram": ((":AA",), re.compile(r"\b\d{8,10}:AA[0-9A-Za-z_-]{33}")),
        "JWT": (("eyJ",), re.compile(r"\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}")),
        "khóa riêng": (("PRIVATE KEY-----",), re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----")),
    }
)


def declared_numbers(site: Site) -> frozenset[str]:
    """Return the digits of the numbers that site.yml makes public."""
    text = f"{site.owner.phone}\n{site.owner.address}"
    return frozenset(_digits(number) for number in re.findall(r"\+?\d[\d .-]{5,}", text))


def _digits(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return "0" + digits[2:] if number.lstrip().startswith("+84") else digits


def privacy_problems(text: str, display_path: str, declared: frozenset[str]) -> Iterator[Problem]:
    """Find private numbers and secrets; a problem never quotes a secret completely."""
    if _LONG_NUMBER.search(text):
        yield from _numbers(text, display_path, declared)
    for kind, (marks, pattern) in SECRETS.items():
        for secret in pattern.finditer(text) if any(mark in text for mark in marks) else ():
            message = f'Có chuỗi "{secret[0][:8]}…", giống khóa bí mật ({kind}).'
            yield Problem(display_path, _line(text, secret), "secret", message, "xóa chuỗi đó, và hủy khóa ở nơi cấp vì nó đã lộ.")


def _numbers(text: str, display_path: str, declared: frozenset[str]) -> Iterator[Problem]:
    citizens = {match.start(): match for match in _CITIZEN.finditer(text)}
    for match in citizens.values():
        message = f'Có dãy 12 chữ số "{match[0][:3]}…", giống số căn cước.'
        yield Problem(
            display_path, _line(text, match), "citizen-number", message, "xóa số đó nếu là của một người.", Severity.WARNING
        )
    for match in _PHONE.finditer(text):
        if match.start() not in citizens and _digits(match[0]) not in declared:
            message = f'Có dãy số "{match[0]}", giống số điện thoại.'
            remedy = "xóa nếu là số riêng; nếu là số của cơ quan, khai báo ở owner trong site.yml."
            yield Problem(display_path, _line(text, match), "phone-number", message, remedy, Severity.WARNING)


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1
