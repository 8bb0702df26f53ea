"""The commands for editors that need the whole content read: composes, decides nothing."""

import json
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chuyendoiso.authoring.authorship_report import authorship
from chuyendoiso.authoring.channel_preview import ItemPreview, preview_item
from chuyendoiso.authoring.pending_changes import Review, compare
from chuyendoiso.build import pipeline
from chuyendoiso.build.options import BuildOptions
from chuyendoiso.content.front_matter import parse_source
from chuyendoiso.content.markdown import convert_body
from chuyendoiso.content.scan import scan_content
from chuyendoiso.model.items import Item
from chuyendoiso.model.target import Folder
from chuyendoiso.model.urls import MANIFEST
from chuyendoiso.model.vietnamese import format_instant
from chuyendoiso.model.vocabulary import PublicationState
from chuyendoiso.outputs.pages.templates import environment
from chuyendoiso.system.errors import WrongUse
from chuyendoiso.system.progress import Progress


def authorship_of(content: Path, theme: Path, month: str) -> str:
    """Return a month's items by author as CSV. Raises ContentRejected where the content has errors."""
    site_plan = pipeline.read(
        BuildOptions(content=content, theme=theme, output=content.parent / "output", remember=False), Progress(quiet=True)
    )
    catalogue = site_plan.resolved.catalogue
    files = scan_content(content).files

    def words(item: Item) -> int:
        source = parse_source(files[item.source].read_bytes(), item.source, item.source)
        return len(convert_body(source.body).text.split())

    return authorship((*catalogue.items, *catalogue.withdrawn), site_plan.site, month, words)


# ── before it goes out ──────────────────────────────────────────────────────────────────────────────────────────────────

_LISTED = 40  # of each sort, in a terminal
_SHOWN = 200  # items that the page shows one by one
_SOUND = (
    "Đã kiểm tra: mọi liên kết trong trang đều tới nơi, mọi ảnh và tệp đính kèm đều có."  # by `references` and `release.verify`
)


@dataclass(frozen=True)
class _ReviewView:
    """All that the page of a review shows."""

    root: str  # of the site, from the page
    intro: str
    sound: str
    warnings: tuple[str, ...]
    review: Review
    scheduled: tuple[tuple[str, str], ...]
    looks: tuple[ItemPreview, ...]


def review_of(content: Path, theme: Path, built: Path, published: Path | None, page: Path, address: str | None = None) -> str:
    """Compare a site just built with what is published; write the page, and return the lines for a terminal.

    `built` and `published` are folders that hold a site; `built` may be a preview, of another `address` than site.yml says.
    """
    previewed = BuildOptions(
        content=content, theme=theme, output=content.parent / "output", preview=True, address=address, remember=False
    )
    site_plan = pipeline.read(previewed, Progress(quiet=True))
    items = site_plan.resolved.catalogue.items
    later = [item for item in items if item.state is PublicationState.SCHEDULED]
    unseen = {item.id for item in items if item.state is not PublicationState.PUBLISHED}
    review = compare(_manifest(published), _without(unseen, _manifest(built)), later)
    zone = site_plan.site.zone
    scheduled = tuple((format_instant(item.date.astimezone(zone)), item.title) for item in review.scheduled)
    shown = (*review.new, *review.major, *review.minor)[:_SHOWN]
    view = _ReviewView(
        root=os.path.relpath(built, page.parent),
        intro=_intro(review, published),
        sound=_SOUND,
        warnings=tuple(str(problem) for problem in site_plan.problems),
        review=review,
        scheduled=scheduled,
        looks=tuple(preview_item(built.resolve(), one, site_plan.site) for one in shown),
    )
    page.write_text(environment(Folder(str(theme), "")).get_template("review.html").render(view=view), "utf-8")
    return "\n".join([*_lines(view), _SOUND, f"Xem từng bài sẽ hiện ra sao: {page}"])


def _without(unseen: Collection[str], manifest: dict[str, Any] | None) -> dict[str, Any]:
    """Return a site's list without the items that readers would not see, which a preview has."""
    listed = manifest or {"items": [], "withdrawn": []}
    return {**listed, "items": [one for one in listed["items"] if one["id"] not in unseen]}


def _manifest(site: Path | None) -> dict[str, Any] | None:
    """Return the list of a site's items; None where there is no site. Raises WrongUse where it cannot be read."""
    if site is None:
        return None
    try:
        told = json.loads((site / MANIFEST.removeprefix("/")).read_text("utf-8"))
    except (OSError, ValueError):
        raise WrongUse(
            f"Không đọc được manifest.json trong {site}. Cách sửa: chỉ thư mục của trang đã đăng bằng --against."
        ) from None
    assert isinstance(told, dict)
    return told


def _intro(review: Review, published: Path | None) -> str:
    if review.first:
        return (
            "Chưa đăng bản nào từ máy này, nên mọi bài đều là mới. Trang đã đăng từ nơi khác thì chỉ thư mục của nó bằng --against."
        )
    if review.is_empty:
        return f"Không bài nào thay đổi so với bản đã đăng ({published})."
    return f"So với bản đã đăng ({published}), đăng bây giờ sẽ thay đổi những bài sau."


def _lines(view: _ReviewView) -> Iterator[str]:
    review = view.review
    yield view.intro
    for title, sign, items in (
        ("Mới", "+", review.new),
        ("Sửa lớn, gửi lại tới các kênh", "*", review.major),
        ("Sửa nhỏ", ".", review.minor),
        ("Gỡ", "-", review.withdrawn),
    ):
        if items:
            yield f"{title} ({len(items)}):"
            yield from (f"  {sign} {one['title']}  {one['path']}" for one in items[:_LISTED])
            yield from (f"  … và {len(items) - _LISTED} bài nữa" for _ in items[_LISTED : _LISTED + 1])
    if review.moved:
        yield f"Đổi địa chỉ ({len(review.moved)}):"
        yield from (f"  {one.before} → {one.now}" for one in review.moved)
    if view.scheduled:
        yield f"Hẹn giờ ({len(view.scheduled)}):"
        yield from (f"  {when}: {title}" for when, title in view.scheduled)
    long = [f"  {look.title}: {one.of} {one.length}/{one.limit}" for look in view.looks for one in look.counters if one.over]
    if long:
        yield f"Dài quá, sẽ bị cắt ({len(long)}):"
        yield from long
    if view.warnings:
        yield f"Nên xem lại ({len(view.warnings)}):"
        yield from (f"  {line}" for line in view.warnings)
