"""A last look at a release with the public's eyes: nothing of a preview, nothing of this machine, every address the site's own."""

import html
import re
from collections.abc import Iterator

from chuyendoiso.model import urls
from chuyendoiso.model.site import Site
from chuyendoiso.release.manifest import Release
from chuyendoiso.system.errors import BuildStopped

_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')
_HERE = re.compile(r'(?:href|src|content|action)="https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])[:/"]')
_MARKED = "cds-badge--mark"  # what a preview says of drafts and scheduled items
_TOLD = 10


def refuse_private(release: Release, site: Site) -> None:
    """Raise BuildStopped where a release holds what is not for the public, and name the files."""
    found = list(_private(release, site))
    if found:
        more = f"\n… và {len(found) - _TOLD} chỗ nữa" if len(found) > _TOLD else ""
        raise BuildStopped(
            "Bản này không đăng được:\n" + "\n".join(found[:_TOLD]) + more + "\nCách sửa: báo cho người giữ chương trình."
        )


def _private(release: Release, site: Site) -> Iterator[str]:
    if release.about.preview:
        yield "đây là bản xem trước"
    for path in release.files:
        if f"/{path}".startswith((urls.PREVIEW_ONLY, "/bien-tap/", "/.")):
            yield f"{path}: trang chỉ có trong bản xem trước"
        elif path.endswith(".html"):
            yield from (f"{path}: {why}" for why in _faults((release.folder / path).read_text("utf-8"), site))


def _faults(text: str, site: Site) -> Iterator[str]:
    canonical = _CANONICAL.search(text)
    if canonical and not html.unescape(canonical[1]).startswith(site.absolute("/")):
        yield f"địa chỉ chính thức {canonical[1]} không thuộc {site.url}"
    if found := _HERE.search(text):
        yield f"có địa chỉ của máy này ({found[0]})"
    if _MARKED in text:
        yield "có dấu của bản nháp hoặc bài hẹn giờ"
