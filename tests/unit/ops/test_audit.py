"""The audit: the report on each output of pip-audit; a skipped package never counts as audited."""

import json
import os
import subprocess
import sys

import pytest
from conftest import ROOT

from chuyendoiso.ops.packages import Pin
from chuyendoiso.ops.vulnerabilities import explain_failure, parse_audit, report

PINS = (Pin("jinja2", "3.1.5", ()), Pin("pillow", "13.0.0", ()), Pin("typing-extensions", "4.16.0", ()))
UNREACHABLE = "Không kiểm tra được gói nào: không nối được tới dịch vụ cảnh báo. Cách sửa: chạy lại trên máy có mạng ra ngoài."


def clean(name: str, version: str) -> dict:
    return {"name": name, "version": version, "vulns": []}


def skipped(name: str) -> dict:
    return {"name": name, "skip_reason": f"Dependency not found on PyPI and could not be audited: {name}"}


FOUND = {
    "name": "jinja2",
    "version": "3.1.5",
    "vulns": [
        {"id": "GHSA-cpwx-vrp4-4pq7", "fix_versions": ["3.1.6"], "aliases": ["CVE-2025-27516"]},
        {"id": "PYSEC-2030-1", "fix_versions": [], "aliases": []},
    ],
}
REST = [clean("pillow", "13.0.0"), clean("typing_extensions", "4.16.0")]
OUTPUTS = {
    "nothing known": (
        [clean("jinja2", "3.1.5"), *REST],
        0,
        "Đã hỏi về 3 gói: không có lỗ hổng nào đã biết.",
    ),
    "findings": (
        [FOUND, *REST],
        1,
        "jinja2 3.1.5: GHSA-cpwx-vrp4-4pq7 (CVE-2025-27516), đã sửa ở bản 3.1.6.\n"
        "jinja2 3.1.5: PYSEC-2030-1, chưa có bản sửa.\n"
        "2 lỗ hổng trong 1 gói. Cách sửa: chạy make requirements, make test, rồi đăng lại.",
    ),
    "findings, and one not audited": (
        [FOUND, skipped("pillow"), clean("typing-extensions", "4.16.0")],
        1,
        "jinja2 3.1.5: GHSA-cpwx-vrp4-4pq7 (CVE-2025-27516), đã sửa ở bản 3.1.6.\n"
        "jinja2 3.1.5: PYSEC-2030-1, chưa có bản sửa.\n"
        "Không kiểm tra được 1 gói: pillow.\n"
        "2 lỗ hổng trong 1 gói. Cách sửa: chạy make requirements, make test, rồi đăng lại.",
    ),
    "two not audited: one skipped, one left out": (
        [clean("jinja2", "3.1.5"), skipped("pillow")],
        2,
        "Không kiểm tra được 2 gói: pillow, typing-extensions.",
    ),
    "another version looked at": (
        [clean("jinja2", "3.1.6"), *REST],
        2,
        "Không kiểm tra được 1 gói: jinja2.",
    ),
    "a mirror that knows none": (
        [skipped(pin.name) for pin in PINS],
        2,
        "Không kiểm tra được gói nào: dịch vụ cảnh báo không biết các gói này. Cách sửa: chạy lại trên máy có mạng ra ngoài.",
    ),
}


@pytest.mark.parametrize("case", OUTPUTS)
def test_every_output_of_pip_audit_is_reported(case):
    dependencies, status, message = OUTPUTS[case]
    audit = parse_audit(json.dumps({"dependencies": dependencies, "fixes": []}), PINS)
    assert (audit.status, report(audit)) == (status, message)


FAILURES = {
    "requests.exceptions.ProxyError: HTTPSConnectionPool(host='canh-bao.thu-nghiem.vn', port=443)": UNREACHABLE,
    "ERROR:pip_audit._cli:Could not connect to PyPI's vulnerability feed": UNREACHABLE,
    "socket.gaierror: [Errno -2] Name or service not known": UNREACHABLE,
    "Traceback\n  …\nValueError: lạ": "Không kiểm tra được gói nào: pip-audit dừng giữa chừng (ValueError: lạ).",
    "": "Không kiểm tra được gói nào: pip-audit dừng giữa chừng (không nói vì sao).",
}


@pytest.mark.parametrize("errors", FAILURES)
def test_a_failure_is_explained_in_one_line(errors):
    assert explain_failure(errors) == FAILURES[errors]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"dependencies": [{"vulns": []}]}', '{"dependencies": 1}'])
def test_malformed_output_is_no_audit(text):
    with pytest.raises((ValueError, KeyError, TypeError)):
        parse_audit(text, PINS)


def test_pip_audit_without_a_network_audits_nothing():
    nowhere = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"), "http://127.0.0.1:9")
    environment = {
        **os.environ,
        **nowhere,
        "NO_PROXY": "",
        "no_proxy": "",
        "PIP_NO_CACHE_DIR": "1",
        "PIP_AUDIT_OUTPUT": "/dev/null",
    }
    done = subprocess.run(
        [sys.executable, "-m", "invoke", "audit"], cwd=ROOT, capture_output=True, text=True, env=environment, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{UNREACHABLE}\n")
