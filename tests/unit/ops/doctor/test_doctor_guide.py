"""The guide names every check."""

import re

from conftest import ROOT


def test_the_guide_names_every_check():
    guide = (ROOT / "docs/theo-doi.md").read_text("utf-8")
    code = "".join(path.read_text("utf-8") for path in (ROOT / "chuyendoiso/ops/doctor").glob("*.py"))
    checks = set(re.findall(r'(?:broken|warning|skipped|good|level|or_good)\(\s*(?:_\w+\([^)]*\), )?"([a-z]+)"', code))
    assert len(checks) > 12
    assert [check for check in sorted(checks) if f"`{check}`" not in guide] == []
