"""Every kind of page fits the narrowest phones, whatever size of text and whichever typeface a reader has."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import chromium
from conftest import SOAK
from lxml import html
from playwright.sync_api import Browser

WIDTHS = (320, 360)
SIZES = ("normal", "Chữ to", "130%", "150%", "200%")  # percentages: of the size that the reader's browser is set to
# Debian's fonts-noto-core has a wide face, fonts-liberation a narrow one
FAMILIES = ("Noto Sans", "Liberation Sans")
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""
# sets the size of text; returns the page's width in pixels and what reaches beyond the window, if it does
MEASURE = """size => {
  const root = document.documentElement;
  const larger = document.getElementById("cds--larger");
  if (larger) larger.checked = size === "Chữ to";
  root.style.fontSize = size.endsWith("%") ? size : "";
  if (root.scrollWidth <= root.clientWidth) return null;
  const beyond = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > root.clientWidth);
  return [root.scrollWidth, beyond.slice(0, 5).map(e => e.getAttribute("class") ?? e.tagName)];
}"""


def pages(site: Path) -> Iterator[str]:
    """Yield the address of the longest page of each kind; in `make soak` of all pages. A redirect is left before it is read."""
    kinds: dict[tuple[str, ...], Path] = {}
    for path in sorted(site.rglob("*.html"), key=lambda path: -path.stat().st_size):
        tree = html.parse(path).getroot()
        if not tree.xpath("//meta[@http-equiv]"):
            parts = path.relative_to(site).parts
            classes = tree.xpath("//main/*[1]/@class")
            kinds.setdefault(parts if SOAK else (parts[0], str(len(parts)), *classes), path)
    for path in kinds.values():
        yield "/" + path.relative_to(site).as_posix().removesuffix("index.html")


@pytest.mark.soak
@pytest.mark.parametrize("family", FAMILIES)
def test_every_kind_of_page_fits_at_every_size_of_text(tmp_path, site, address, family):
    with chromium(FONTCONFIG_FILE=str(fonts_of(family, tmp_path / "fonts"))) as browser:
        measured, wide = measure(browser, address, list(pages(site)))
    assert wide == {}
    assert measured > 20 * len(WIDTHS) * len(SIZES)


def fonts_of(family: str, folder: Path) -> Path:
    """Return a configuration of fontconfig for a machine that has this family alone."""
    folder.mkdir()
    machine = {name: value for name, value in os.environ.items() if not name.startswith("FONTCONFIG_")}
    command = ["fc-list", family, "--format=%{file}\\n"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True, env=machine).stdout.split("\n")
    for file in filter(None, listed):
        (folder / Path(file).name).symlink_to(file)
    assert any(folder.iterdir()), f"{family} is not installed"
    (folder / "fonts.conf").write_text(FONTS_CONF.format(folder=folder), "utf-8")
    return folder / "fonts.conf"


def measure(browser: Browser, address: str, paths: list[str]) -> tuple[int, dict]:
    """Return how many measures were taken, and the pages that are wider than the window, with their width and what is beyond."""
    page, wide, measured = browser.new_page(), {}, 0
    for path in paths:
        page.goto(address + path)
        page.evaluate("document.fonts.ready.then(() => {})")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 640})
            for size in SIZES:
                measured += 1
                if found := page.evaluate(MEASURE, size):
                    wide[path, width, size] = found
    return measured, wide
