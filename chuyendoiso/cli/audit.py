"""`invoke audit`."""

import sys

from chuyendoiso.cli.command_line import ROOT, Context, command, need_package


@command()
def audit(c: Context) -> None:
    """Hỏi dịch vụ cảnh báo xem gói Python nào có lỗ hổng đã biết (cần mạng)."""
    from chuyendoiso.ops.vulnerabilities import audit_requirements, report

    need_package("pip_audit", "make audit")
    result = audit_requirements(ROOT / "requirements.txt")
    print(report(result))
    sys.exit(result.status)
