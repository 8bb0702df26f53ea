"""What documents say of their effect, as it becomes fields; what only looks like it becomes none."""

from datetime import date
from types import SimpleNamespace

import pytest

from chuyendoiso.authoring.word.provisions import Issued, plan_provisions
from chuyendoiso.model.site import Issuer

SITE = SimpleNamespace(
    issuers=[Issuer("ubnd-xa", "UBND xã Mẫu", None, None, None), Issuer("ubnd-tinh", "Ủy ban nhân dân tỉnh Mẫu", None, None, None)]
)
OWN = Issued("15/2026/QĐ-UBND", "ubnd-xa", date(2026, 11, 16))
OF_PROVINCE = {"number": "12/2020/QĐ-UBND", "issuing_body": "ubnd-tinh", "issued_on": "2020-03-05"}
NINE = {"number": "9/QĐ-UBND", "issuing_body": "ubnd-xa", "issued_on": "2021-02-01"}
PROVINCE = "số 12/2020/QĐ-UBND ngày 05 tháng 3 năm 2020 của Ủy ban nhân dân tỉnh Mẫu"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Quyết định này có hiệu lực kể từ ngày 01 tháng 12 năm 2026.", {"effective_on": "2026-12-01"}),
        ("Điều 4. Quyết định có hiệu lực kể từ ngày ký.", {"effective_on": "2026-11-16"}),
        ("Nghị quyết này có hiệu lực thi hành sau 10 ngày kể từ ngày ký ban hành.", {"effective_on": "2026-11-26"}),
        ("Nghị quyết này có hiệu lực sau mười ngày kể từ ngày ký.", {"effective_on": None}),
        ("Kế hoạch này có hiệu lực kể từ ngày ký đến hết ngày 31/12/2027.", {"effective_on": "2026-11-16", "expires_on": "2028-01-01"}),
        (f"Quyết định này có hiệu lực từ ngày ký và thay thế Quyết định {PROVINCE} về quy chế.", {"effective_on": "2026-11-16", "replaces": [OF_PROVINCE]}),
        ("Quyết định này thay thế Quyết định 9/QĐ-UBND ngày 01/02/2021.", {"replaces": [NINE]}),
        ("Điều 1. Bãi bỏ Quyết định số 9/QĐ-UBND ngày 01/02/2021 của UBND xã Mẫu.", {"repeals": [NINE]}),
        ("Quyết định số 9/QĐ-UBND ngày 01/02/2021 hết hiệu lực kể từ ngày Quyết định này có hiệu lực.", {"repeals": [NINE]}),
        (f"Quyết định này sửa đổi, bổ sung một số điều của Quyết định {PROVINCE}.", {"amends": [OF_PROVINCE]}),
        (f"Điều 5. Thay thế cụm từ “Sở TTTT” bằng cụm từ “Sở KHCN” tại Quyết định {PROVINCE}.", {"amends": [OF_PROVINCE]}),
        ("Điều 1. Bãi bỏ các Quyết định số 7/QĐ-UBND ngày 03/3/2021 và số 9/QĐ-UBND.", {"repeals": None}),
        ("Bãi bỏ Nghị quyết số 5/NQ-HĐND ngày 1/2/2021 của Hội đồng nhân dân xã Lạ.", {"repeals": None}),
        ("Luật số 1/2020/QH14 có hiệu lực từ ngày 1/1/2021.", {}),
        ("Kế hoạch này nhằm thay thế giấy tờ bằng dữ liệu số.", {}),
        (f"Theo hướng dẫn này, đơn vị thay thế thiết bị theo Công văn {PROVINCE}.", {}),
        (f"Trong thời gian này, xã sửa đổi hương ước theo Nghị định {PROVINCE}.", {}),
        (f"Quyết định này không thay thế Quyết định {PROVINCE}.", {}),
    ],
)  # fmt: skip
def test_provisions_about_the_document_s_effect(line, expected):
    fields = list(plan_provisions([line], OWN, SITE))
    assert expected == {field.name: field.value for field in fields}
    assert all(line[:40] in field.remark for field in fields)


def test_without_a_day_of_signing_the_line_alone_is_offered():
    (field,) = plan_provisions(["Quyết định này có hiệu lực kể từ ngày ký."], Issued(None, None, None), SITE)
    assert (field.value, field.required) == (None, False)
