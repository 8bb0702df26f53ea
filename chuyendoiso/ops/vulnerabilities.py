"""Asks, by pip-audit, which pinned packages have known vulnerabilities.

pip-audit ends well where an index knows none of the packages, as behind a mirror, and ends like after a finding where there is no
network: so nothing counts as looked at but what its answer says of each package.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chuyendoiso.ops.pins import Pin, parse_pins, read_text
from chuyendoiso.system.errors import WrongUse

LONGEST = 300  # seconds
_NO_NETWORK = re.compile(
    r"ConnectionError|ProxyError|SSLError|Timeout|Could not connect|Max retries|Name or service|resolve", re.IGNORECASE
)
_UNREACHABLE = "Không kiểm tra được gói nào: không nối được tới dịch vụ cảnh báo. Cách sửa: chạy lại trên máy có mạng ra ngoài."


@dataclass(frozen=True, slots=True, order=True)
class Vulnerability:
    """A known vulnerability of a package; `fixed` are the versions that no longer have it."""

    package: str
    version: str
    advisory: str
    aliases: tuple[str, ...]
    fixed: tuple[str, ...]

    def __str__(self) -> str:
        """Return the line that people see."""
        aliases = f" ({', '.join(self.aliases)})" if self.aliases else ""
        mended = f"đã sửa ở bản {', '.join(self.fixed)}" if self.fixed else "chưa có bản sửa"
        return f"{self.package} {self.version}: {self.advisory}{aliases}, {mended}."


@dataclass(frozen=True, slots=True)
class Audit:
    """What was asked about, what was found, and the packages of which nothing is known."""

    asked: int
    findings: tuple[Vulnerability, ...]
    unknown: tuple[str, ...]

    @property
    def status(self) -> int:
        """Return the exit status: 1 with findings, 2 where something was not looked at."""
        return 1 if self.findings else 2 if self.unknown else 0


def parse_audit(text: str, pins: tuple[Pin, ...]) -> Audit:
    """Read pip-audit's answer in JSON about these pins. Raises ValueError, KeyError or TypeError where it is none."""
    findings, seen = [], set()
    for one in json.loads(text)["dependencies"]:
        if "vulns" in one:
            seen.add((_normal(one["name"]), one["version"]))
            findings += [
                Vulnerability(one["name"], one["version"], told["id"], tuple(told.get("aliases", ())), tuple(told["fix_versions"]))
                for told in one["vulns"]
            ]
    unknown = tuple(pin.name for pin in pins if (_normal(pin.name), pin.version) not in seen)
    return Audit(len(pins), tuple(sorted(set(findings))), unknown)


def report(audit: Audit) -> str:
    """Return the lines for people, the count last."""
    lines = [str(finding) for finding in audit.findings]
    if len(audit.unknown) == audit.asked:
        lines.append(
            "Không kiểm tra được gói nào: dịch vụ cảnh báo không biết các gói này. Cách sửa: chạy lại trên máy có mạng ra ngoài."
        )
    elif audit.unknown:
        lines.append(f"Không kiểm tra được {len(audit.unknown)} gói: {', '.join(audit.unknown)}.")
    if audit.findings:
        packages = len({finding.package for finding in audit.findings})
        lines.append(
            f"{len(audit.findings)} lỗ hổng trong {packages} gói. Cách sửa: chạy make requirements, make test, rồi đăng lại."
        )
    elif not audit.unknown:
        lines.append(f"Đã hỏi về {audit.asked} gói: không có lỗ hổng nào đã biết.")
    return "\n".join(lines)


def _normal(name: str) -> str:
    """Return a package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def audit_requirements(requirements: Path) -> Audit:
    """Ask about the pins of a file. Raises WrongUse where nothing could be asked."""
    pins = parse_pins(read_text(requirements), requirements.name)
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(requirements), "--require-hashes", "--disable-pip"]
    try:
        done = subprocess.run(
            [*command, "--format=json", "--aliases=on", "--desc=off", "--progress-spinner=off"],
            capture_output=True, text=True, check=False, timeout=LONGEST, env=_environment(os.environ),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise WrongUse(_UNREACHABLE) from None
    try:
        return parse_audit(done.stdout, pins)
    except (ValueError, KeyError, TypeError):
        raise WrongUse(explain_failure(done.stderr)) from None


def explain_failure(told: str) -> str:
    """Return the line for people of what pip-audit said when it gave up."""
    if _NO_NETWORK.search(told):
        return _UNREACHABLE
    return f"Không kiểm tra được gói nào: pip-audit dừng giữa chừng ({told.strip().rpartition(chr(10))[2][:200] or 'không nói vì sao'})."


def _environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without what would change pip-audit's answer."""
    return {name: value for name, value in environment.items() if not name.startswith("PIP_AUDIT_")}
