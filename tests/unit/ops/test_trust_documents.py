"""What the documents of this part say is so: the log keeps no address, the figures show none, the examples run what there is."""

import json
import re
import shlex
import subprocess

import pytest
import yaml
from conftest import ROOT

from chuyendoiso.deploy.access_log import AGENTS, FORMAT, GOACCESS, OTHER

PRIVACY = (ROOT / "docs/rieng-tu.md").read_text("utf-8")
ADDRESSES = ("203.0.113.77", "2001:db8:1:2:dead:beef:0:1")
REQUESTS = [
    {"$remote_addr": address, "$time_local": "24/Nov/2026:05:00:01 +0000", "$request_method": "GET", "$cds_path": path, "$status": status,
     "$server_protocol": "HTTP/1.1", "$body_bytes_sent": "512", "$cds_referring_site": "https://tinh.gov.vn", "$cds_agent": agent}
    for address, agent in zip(ADDRESSES, ("browser", "zalo"), strict=True)
    for path, status in (("/tin-tuc/", "200"), ("/khong-co/", "404"))
]  # fmt: skip


def figures(log, replaced: str = "") -> dict:
    """Run the documented command on a log; its log format may be another."""
    command = re.search(r"^goaccess .+$", PRIVACY, re.MULTILINE)[0]
    words = [
        word
        for word in shlex.split(command)
        if not (replaced and word.startswith(("--log-format", "--date-format", "--time-format")))
    ]
    report = log.with_name("report.json")
    words = [f"--output={report}" if word.startswith("--output") else word for word in words]
    words[1] = str(log)
    subprocess.run([*words, *([replaced] if replaced else [])], check=True, capture_output=True)
    text = report.read_text("utf-8")
    assert [address for address in (*ADDRESSES, "203.0.113", "2001:db8") if address in text] == []
    return json.loads(text)


def hits(report: dict) -> dict[str, int]:
    return {row["data"]: row["hits"]["count"] for panel in ("requests", "not_found") for row in report[panel]["data"]}


def test_the_documented_log_keeps_no_address_and_can_be_counted(tmp_path):
    variables = set(re.findall(r"\$\w+", FORMAT))
    assert f"--log-format='{GOACCESS}'" in PRIVACY
    assert variables == set(REQUESTS[0]) - {"$remote_addr"}
    lines = [re.sub(r"\$\w+", lambda found, one=one: one[found[0]], FORMAT) for one in REQUESTS]
    (tmp_path / "log").write_text("\n".join(lines) + "\n", "utf-8")
    report = figures(tmp_path / "log")
    assert (report["general"]["failed_requests"], hits(report)) == (0, {"/tin-tuc/": 2, "/khong-co/": 2})
    assert "hosts" not in report
    assert {row["data"] for row in report["browsers"]["data"]} <= {"Unknown", "Others", "Crawlers", "Feeds"}
    assert [name for name in (*AGENTS, OTHER) if f"`{name}`" not in PRIVACY] == []


def test_the_figures_of_an_ordinary_log_show_no_address(tmp_path):
    lines = [
        f'{one["$remote_addr"]} - - [{one["$time_local"]}] "GET {one["$cds_path"]}?q=ten HTTP/1.1" {one["$status"]} 512 "-" "Mozilla/5.0"'
        for one in REQUESTS
    ]
    (tmp_path / "log").write_text("\n".join(lines) + "\n", "utf-8")
    report = figures(tmp_path / "log", "--log-format=COMBINED")
    assert (report["general"]["failed_requests"], hits(report)) == (0, {"/tin-tuc/": 2, "/khong-co/": 2})


def test_no_script_of_the_site_sets_a_cookie_or_reports_readers():
    forbidden = ("cookie", "sendBeacon", "indexedDB", "sessionStorage", "XMLHttpRequest", "WebSocket")
    scripts = sorted((ROOT / "theme").rglob("*.js"))
    assert {(path.name, word) for path in scripts for word in forbidden if word in path.read_text("utf-8")} == set()
    remembering = [path.parent.name for path in scripts if "localStorage" in path.read_text("utf-8")]
    assert remembering == ["text-size"]


def test_the_example_of_a_monthly_audit_runs_what_there_is():
    jobs = yaml.safe_load((ROOT / "docs/examples/gitlab-ci-audit.yml").read_text("utf-8"))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {line for job in jobs.values() for line in job["script"]} == {"make audit", "make sbom"}
    assert {"audit", "sbom"} <= targets
    assert all("schedule" in job["rules"][0]["if"] for job in jobs.values())


@pytest.mark.parametrize("name", ["README.md", "SECURITY.md", "docs/vai-tro.md", "docs/rieng-tu.md", "docs/van-hanh.md"])
def test_every_file_named_in_a_document_exists(name):
    document = ROOT / name
    linked = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text("utf-8"))
    named = re.findall(r"`((?:tests|chuyendoiso|docs)/[\w./-]+)`", document.read_text("utf-8"))
    missing = [path for path in linked if not (document.parent / path).exists()]
    assert missing + [path for path in named if not (ROOT / path).exists()] == []
