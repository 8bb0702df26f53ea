"""Refuse to publish a release with previews, local URLs or foreign canonical URLs."""

import html
import re
from collections.abc import Iterator

from chuyendoiso.model import urls
from chuyendoiso.model.site import Site
from chuyendoiso.release.manifest import Release
from chuyendoiso.system.errors import BuildStopped

_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')
_LOCAL_URL = re.compile(r'(?:href|src|content|action)="https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])[:/"]')
_DRAFT_BADGE = "cds-badge--mark"  # the badge of drafts and scheduled items
_MAX_LISTED = 10  # faults in the message


def refuse_private(release: Release, site: Site) -> None:
    """Raise BuildStopped, with the files, if a release has anything private."""
    faults = list(_private(release, site))
    if faults:
        more = f"\n… và {len(faults) - _MAX_LISTED} chỗ nữa" if len(faults) > _MAX_LISTED else ""
        raise BuildStopped(
            "Bản này không đăng được:\n" + "\n".join(faults[:_MAX_LISTED]) + more + "\nCách sửa: báo cho người giữ chương trình."
        )


def _private(release: Release, site: Site) -> Iterator[str]:
    if release.about.preview:
        yield "đây là bản xem trước"
    for path in release.files:
        if f"/{path}".startswith((urls.PREVIEW_ONLY, "/bien-tap/", "/.")):
            yield f"{path}: trang chỉ có trong bản xem trước"
        elif path.endswith(".html"):
            yield from (f"{path}: {fault}" for fault in _faults((release.folder / path).read_text("utf-8"), site))


def _faults(text: str, site: Site) -> Iterator[str]:
    canonical = _CANONICAL.search(text)
    if canonical and not html.unescape(canonical[1]).startswith(site.absolute("/")):
        yield f"địa chỉ chính thức {canonical[1]} không thuộc {site.url}"
    if local := _LOCAL_URL.search(text):
        yield f"có địa chỉ của máy này ({local[0]})"
    if _DRAFT_BADGE in text:
        yield "có dấu của bản nháp hoặc bài hẹn giờ"
