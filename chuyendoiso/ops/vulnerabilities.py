"""List known vulnerabilities of the pinned packages, by pip-audit.

pip-audit succeeds even if an index knows none of the packages (a mirror). Without a network its exit status is the same as
after a finding. So only packages in its output count as audited.
"""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from chuyendoiso.ops.packages import Pin, read_pins
from chuyendoiso.system.errors import WrongUse

TIMEOUT = 300  # seconds
_NO_NETWORK = re.compile(
    r"ConnectionError|ProxyError|SSLError|Timeout|Could not connect|Max retries|Name or service|resolve", re.IGNORECASE
)
_UNREACHABLE = "Không kiểm tra được gói nào: không nối được tới dịch vụ cảnh báo. Cách sửa: chạy lại trên máy có mạng ra ngoài."


@dataclass(frozen=True, slots=True, order=True)
class Vulnerability:
    """A known vulnerability of a package; `fixed` are the versions without it."""

    package: str
    version: str
    advisory: str
    aliases: tuple[str, ...]
    fixed: tuple[str, ...]

    def __str__(self) -> str:
        """Return the line that people see."""
        aliases = f" ({', '.join(self.aliases)})" if self.aliases else ""
        fixed = f"đã sửa ở bản {', '.join(self.fixed)}" if self.fixed else "chưa có bản sửa"
        return f"{self.package} {self.version}: {self.advisory}{aliases}, {fixed}."


@dataclass(frozen=True, slots=True)
class Audit:
    """The result of an audit."""

    total: int  # packages
    findings: tuple[Vulnerability, ...]
    unknown: tuple[str, ...]  # packages that were not audited

    @property
    def status(self) -> int:
        """Return the exit status: 1 with findings, 2 if a package was not audited."""
        return 1 if self.findings else 2 if self.unknown else 0


def parse_audit(text: str, pins: tuple[Pin, ...]) -> Audit:
    """Parse pip-audit's JSON about these pins.

    Raises ValueError, KeyError or TypeError.
    """
    findings, audited = [], set()
    for package in json.loads(text)["dependencies"]:
        if "vulns" in package:
            name, version = package["name"], package["version"]
            audited.add((_normal(name), version))
            findings += [
                Vulnerability(name, version, entry["id"], tuple(entry.get("aliases", ())), tuple(entry["fix_versions"]))
                for entry in package["vulns"]
            ]
    unknown = tuple(pin.name for pin in pins if (_normal(pin.name), pin.version) not in audited)
    return Audit(len(pins), tuple(sorted(set(findings))), unknown)


def report(audit: Audit) -> str:
    """Return the report in Vietnamese: a line a finding, then the count."""
    lines = [str(finding) for finding in audit.findings]
    if len(audit.unknown) == audit.total:
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
        lines.append(f"Đã hỏi về {audit.total} gói: không có lỗ hổng nào đã biết.")
    return "\n".join(lines)


def _normal(name: str) -> str:
    """Return the normalized name of a package (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def audit_requirements(requirements: Path) -> Audit:
    """Audit the pins of a file. Raises WrongUse if pip-audit fails."""
    pins = read_pins(requirements)
    command = [
        sys.executable, "-m", "pip_audit", "--requirement", str(requirements), "--require-hashes", "--disable-pip",
        "--format=json", "--aliases=on", "--desc=off", "--progress-spinner=off",
    ]  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PIP_AUDIT_")}
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=TIMEOUT, env=environment)
    except subprocess.TimeoutExpired:
        raise WrongUse(_UNREACHABLE) from None
    try:
        return parse_audit(result.stdout, pins)
    except (ValueError, KeyError, TypeError):
        raise WrongUse(explain_failure(result.stderr)) from None


def explain_failure(errors: str) -> str:
    """Explain in Vietnamese why pip-audit failed, from its standard error."""
    if _NO_NETWORK.search(errors):
        return _UNREACHABLE
    last = errors.strip().rpartition("\n")[2][:200]
    return f"Không kiểm tra được gói nào: pip-audit dừng giữa chừng ({last or 'không nói vì sao'})."
