"""Holds robots.txt: at a domain's root for all, below a path for that path alone, as a parser of others' reads it."""

from urllib.robotparser import RobotFileParser

import pytest

from chuyendoiso.outputs.sitemap import make_robots


@pytest.mark.parametrize(
    ("base", "indexed", "lines"),
    [
        ("", True, ["User-agent: *", "Allow: /", "", "Sitemap: https://cong.vn/sitemap.xml"]),
        ("", False, ["User-agent: *", "Disallow: /"]),
        ("/cds", True, ["User-agent: *", "Allow: /cds/", "", "Sitemap: https://cong.vn/cds/sitemap.xml"]),
        ("/cds", False, ["User-agent: *", "Disallow: /cds/"]),
    ],
)
def test_robots_txt_names_the_site_alone(base, indexed, lines):
    sitemap = f"https://cong.vn{base}/sitemap.xml"
    text = make_robots((base, sitemap if indexed else "")).decode()
    assert [line for line in text.splitlines() if not line.startswith("#")] == lines
    assert text.startswith("# ") == bool(base)
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    assert rules.site_maps() == ([sitemap] if indexed else None)
    assert rules.can_fetch("a", f"https://cong.vn{base}/van-ban/") == indexed
    assert rules.can_fetch("a", "https://cong.vn/khac/") == (indexed or bool(base))
