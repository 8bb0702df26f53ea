"""The table of error codes, and its correction by the operator."""

import re

import pytest
from conftest import ROOT

from chuyendoiso.deploy.zalo.error_codes import ERRORS, Meaning, parse_errors
from chuyendoiso.system.errors import WrongUse


def test_what_is_known():
    by_meaning = {}
    for code, meaning in ERRORS.items():
        by_meaning.setdefault(meaning, set()).add(code)
    assert by_meaning == {
        Meaning.BUSY: {-32},
        Meaning.EXPIRED: {-124, -216, -220},
        Meaning.QUOTA_DAY: {-211},
        Meaning.QUOTA_MONTH: {-223},
        Meaning.REFUSED: {-204, -213, -224},
        Meaning.PROCESSING: {-214},
        Meaning.WRONG_FORM: {-201},
    }


def test_the_guide_has_the_same_table():
    rows = re.findall(r"^\| ([-\d, ]+) \| `([a-z-]+)` \|", (ROOT / "docs/ket-noi-kenh.md").read_text("utf-8"), re.MULTILINE)
    assert {int(code): Meaning(name) for codes, name in rows for code in codes.split(",")} == ERRORS


def test_an_operator_corrects_it():
    assert parse_errors({}) == ERRORS
    assert parse_errors({-5: "missing", -211: "quota-month"}) == {**ERRORS, -5: Meaning.MISSING, -211: Meaning.QUOTA_MONTH}


@pytest.mark.parametrize(
    ("setting", "named"),
    [({"-213": "refused"}, "'-213': 'refused'"), ({-213: "no"}, "-213: 'no'"), ({0: "busy"}, "0: 'busy'"), ("x", "'x': None")],
)
def test_a_wrong_table_is_refused(setting, named):
    with pytest.raises(WrongUse) as refused:
        parse_errors(setting)
    assert str(refused.value) == (
        f"ZALO_ERRORS trong publishconf.py không đúng dạng: {named}. Cách sửa: ghi mã lỗi là số khác 0 và nghĩa của nó, "
        'ví dụ ZALO_ERRORS = {-213: "refused"}; nghĩa là một trong: expired, quota-day, quota-month, refused, processing, '
        "wrong-form, busy, missing."
    )
