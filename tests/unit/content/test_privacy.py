"""People's numbers are warned of, secrets refused, and dates, document numbers and figures left alone."""

import pytest

from chuyendoiso.content.privacy import SECRETS, privacy_problems

DECLARED = frozenset({"02283123456"})

# Made up here by the forms that the issuers document; joined from parts, so that no scanner takes this file for a leak.
PLANTED = {
    "AWS": "AKIA" + "ABCDEFGHIJ234567",
    "GitHub": "ghp" + "_" + "a1B2" * 9,
    "GitLab": "glpat" + "-" + "abcdefghijklmnopqrst",
    "Slack": "xoxb" + "-" + "123456789012-abcdef",
    "Google": "AIza" + "a" * 35,
    "Stripe": "sk_live" + "_" + "a1" * 12,
    "npm": "npm" + "_" + "a1B2" * 9,
    "PyPI": "pypi" + "-" + "AgEIcHlwaS5vcmc" * 4,
    "Telegram": "123456789" + ":AA" + "a" * 33,
    "JWT": "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0" + ".abcdefghijklmno",
    "khóa riêng": "-----BEGIN RSA " + "PRIVATE KEY-----",
}


def reported(text: str) -> list[str]:
    return [
        f"{problem.line} {problem.rule} {problem.severity} {problem.message}"
        for problem in privacy_problems(text, "x.md", DECLARED)
    ]


@pytest.mark.parametrize("kind", SECRETS)
def test_a_secret_is_refused_and_not_quoted_in_full(kind):
    secret = PLANTED[kind]
    assert reported(f"Một dòng.\nKhóa: {secret} nhé") == [f'2 secret error Có chuỗi "{secret[:8]}…", giống khóa bí mật ({kind}).']


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Số 036099123456 của ông A", ['1 citizen-number warning Có dãy 12 chữ số "036…", giống số căn cước.']),
        ("Gọi 0912 345 678.", ['1 phone-number warning Có dãy số "0912 345 678", giống số điện thoại.']),
        ("Gọi +84912345678", ['1 phone-number warning Có dãy số "+84912345678", giống số điện thoại.']),
        ("Gọi 024.3804.1234", ['1 phone-number warning Có dãy số "024.3804.1234", giống số điện thoại.']),
        ("Gọi 0228 3123 456 của cơ quan", []),
        ("Gọi +84 228 3123 456 của cơ quan", []),
        ("Ngày 01/07/2026, 2026-11-23 08:00", []),
        ("749/QĐ-TTg, 09-NQ/TU, 4946/BTTTT-CĐSQG", []),
        ("22.780 người, gần 50.000 lượt, 0,5%", []),
        ("/media/2026/0912345678/a.jpg", []),
        ("mã 1234567890123", []),
    ],
)
def test_numbers(text, expected):
    assert reported(text) == expected
