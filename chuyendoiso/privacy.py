"""What an article should not give away: people's numbers (a warning, since some are meant to be public) and secrets (an error)."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from chuyendoiso.domain.problems import Problem, Severity
from chuyendoiso.domain.site import Site

# Nghị định 137/2015/NĐ-CP, điều 13: twelve digits, the first three a province's or country's code
_CITIZEN = re.compile(r"(?<![\d.,/-])0\d{11}(?![\d/-])")
_PHONE = re.compile(r"(?<![\d.,/-])(?:\+84|0)(?:[ .-]?\d){9,10}(?![\d/-])")

# The usual kinds of tokens, by the forms that their issuers document.
SECRETS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "AWS": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
        "GitHub": re.compile(r"\b(?:gh[pousr]_[0-9A-Za-z]{36}|github_pat_[0-9A-Za-z_]{60,})"),
        "GitLab": re.compile(r"\bglpat-[0-9A-Za-z_-]{20}"),
        "Slack": re.compile(r"\bxox[abprs]-[0-9A-Za-z-]{10,}"),
        "Google": re.compile(r"\bAIza[0-9A-Za-z_-]{35}"),
        "Stripe": re.compile(r"\b[rs]k_live_[0-9A-Za-z]{20,}"),
        "npm": re.compile(r"\bnpm_[0-9A-Za-z]{36}\b"),
        "PyPI": re.compile(r"\bpypi-[0-9A-Za-z_-]{50,}"),
        "Telegram": re.compile(r"\b\d{8,10}:AA[0-9A-Za-z_-]{33}"),
        "JWT": re.compile(r"\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}"),
        "khóa riêng": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    }
)


def declared_numbers(site: Site) -> frozenset[str]:
    """Return the digits of the numbers that site.yml makes public."""
    texts = (site.owner.phone, site.owner.address)
    return frozenset(_digits(found[0]) for text in texts if text for found in re.finditer(r"\+?\d[\d .-]{5,}", text))


def _digits(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return "0" + digits[2:] if number.lstrip().startswith("+84") else digits


def privacy_problems(text: str, shown: str, declared: frozenset[str]) -> Iterator[Problem]:
    """Find people's numbers and secrets in a file's text. A secret is never quoted whole: the problem may be logged."""
    # over the whole text at once: line by line, twelve searches each, this took longer than converting the article
    citizens = {found.start(): found for found in _CITIZEN.finditer(text)}
    for found in citizens.values():
        message = f'Có dãy 12 chữ số "{found[0][:3]}…", giống số căn cước.'
        yield Problem(shown, _line(text, found), "citizen-number", message, "xóa số đó nếu là của một người.", Severity.WARNING)
    for found in _PHONE.finditer(text):
        if found.start() not in citizens and _digits(found[0]) not in declared:
            message = f'Có dãy số "{found[0]}", giống số điện thoại.'
            remedy = "xóa nếu là số riêng; nếu là số của cơ quan, khai báo ở owner trong site.yml."
            yield Problem(shown, _line(text, found), "phone-number", message, remedy, Severity.WARNING)
    for kind, pattern in SECRETS.items():
        for secret in pattern.finditer(text):
            message = f'Có chuỗi "{secret[0][:8]}…", giống khóa bí mật ({kind}).'
            remedy = "xóa chuỗi đó, và hủy khóa ở nơi cấp vì nó đã lộ."
            yield Problem(shown, _line(text, secret), "secret", message, remedy)


def _line(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.start()) + 1
