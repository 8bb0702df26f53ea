"""Refresh what the theme has from npm packages, each with its licence beside it.

The brand face: two TrueType files for share cards, and one small WOFF2 for pages. The script that draws QR codes.
Run by `invoke vendor`; needs npm and the packages of requirements-dev.txt.
"""

import shutil
import subprocess
import tarfile
import tempfile
import tomllib
from pathlib import Path

from fontTools import subset

FONTS, QR = "@expo-google-fonts/be-vietnam-pro", "lean-qr"
VERSIONS = {
    one["name"]: one["version"] for one in tomllib.loads(Path(__file__).with_name("vendored.toml").read_text("utf-8"))["package"]
}
THEME = Path(__file__).parent.parent / "theme"
WEIGHTS = {400: "400Regular", 600: "600SemiBold"}
# ASCII, Latin-1, what Vietnamese adds to it, dashes, quotes, ellipsis, arrows and signs
UNICODES = (
    "U+0020-007E,U+00A0-00FF,U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303,U+0309,U+0323,"
    "U+1EA0-1EF9,U+2013-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+2032-2033,U+20AB,U+2190-2193,U+2212"
)


def unpack(package: str, version: str, folder: Path) -> Path:
    """Fetch a package with npm and return where it is unpacked."""
    subprocess.run(["npm", "pack", "--silent", f"{package}@{version}"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def cut(source: Path, target: Path, *options: str) -> None:
    """Write a subset of a font."""
    subset.main([str(source), f"--unicodes={UNICODES}", f"--output-file={target}", *options])


def fetch_fonts() -> None:
    """Write all font files and their licence."""
    with tempfile.TemporaryDirectory() as folder:
        package = unpack(FONTS, VERSIONS[FONTS], Path(folder))
        for weight, name in WEIGHTS.items():
            source = package / name / f"BeVietnamPro_{name}.ttf"
            cut(source, THEME / f"fonts/be-vietnam-pro-{weight}.ttf", "--layout-features=kern,mark,mkmk,ccmp,locl,tnum,lnum")
        page_font = THEME / "static/fonts/be-vietnam-pro-600.woff2"
        bold = package / WEIGHTS[600] / f"BeVietnamPro_{WEIGHTS[600]}.ttf"
        cut(bold, page_font, "--layout-features=kern,ccmp", "--flavor=woff2", "--no-hinting", "--desubroutinize")
        for licence in (THEME / "fonts/OFL.txt", THEME / "static/fonts/OFL.txt"):
            shutil.copy(package / "LICENSE_FONT", licence)


def fetch_qr() -> None:
    """Write the script that draws QR codes, named as what it is in its first line, and its licence."""
    with tempfile.TemporaryDirectory() as folder:
        package = unpack(QR, VERSIONS[QR], Path(folder))
        source = (package / "nano.mjs").read_text("utf-8").rstrip()
        header = f"/*! {QR} {VERSIONS[QR]} (nano), MIT, Copyright (c) 2021-2025 David Evans, github.com/davidje13/lean-qr */"
        (THEME / "static/js/vendor/lean-qr.js").write_text(f"{header}\n{source}\n", "utf-8")
        shutil.copy(package / "LICENSE", THEME / "static/js/vendor/lean-qr-LICENSE.txt")


def main() -> None:
    """Refresh everything."""
    fetch_fonts()
    fetch_qr()


if __name__ == "__main__":
    main()
