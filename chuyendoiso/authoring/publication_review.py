"""Review the next publication: which items are new, changed, moved or withdrawn."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from chuyendoiso.authoring.channel_preview import ItemPreview, preview_item
from chuyendoiso.build import pipeline
from chuyendoiso.build.options import BuildOptions
from chuyendoiso.model.items import Item
from chuyendoiso.model.target import Folder, Target
from chuyendoiso.model.urls import MANIFEST
from chuyendoiso.model.vietnamese import format_instant
from chuyendoiso.model.vocabulary import PublicationState
from chuyendoiso.outputs.pages.templates import environment
from chuyendoiso.system.errors import WrongUse
from chuyendoiso.system.progress import Progress

_MAX_LISTED = 40  # items of each section in the terminal
_MAX_PREVIEWED = 200  # items with a preview on the page
_SOUND = (
    "Đã kiểm tra: mọi liên kết trong trang đều tới nơi, mọi ảnh và tệp đính kèm đều có."  # by `references` and `release.verify`
)


class Moved(NamedTuple):
    """An item with a new address; the old address redirects."""

    title: str
    before: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The changes of a publication; items as in `/manifest.json`."""

    first: bool  # nothing is published
    new: tuple[Mapping[str, Any], ...]
    major: tuple[Mapping[str, Any], ...]  # sent to readers and channels again
    minor: tuple[Mapping[str, Any], ...]
    moved: tuple[Moved, ...]
    withdrawn: tuple[Mapping[str, Any], ...]
    scheduled: tuple[Item, ...]  # the soonest first

    @property
    def is_empty(self) -> bool:
        """Return whether nothing changes."""
        return not (self.new or self.major or self.minor or self.moved or self.withdrawn)


def compare(before: Mapping[str, Any] | None, now: Mapping[str, Any], scheduled: Sequence[Item]) -> Review:
    """Compare `/manifest.json` before (None: nothing is published) and now."""
    published = before or {"items": (), "withdrawn": ()}
    old = {item["id"]: item for item in published["items"]}
    gone = {notice["id"] for notice in published["withdrawn"]}
    known = [(item, old[item["id"]]) for item in now["items"] if item["id"] in old]
    changed = [(item, former) for item, former in known if item["sha256"] != former["sha256"]]
    withdrawn = [notice for notice in now["withdrawn"] if notice["id"] not in gone]
    return Review(
        first=before is None,
        new=tuple(item for item in now["items"] if item["id"] not in old),
        major=tuple(item for item, former in changed if item["updated"] != former["updated"]),
        minor=tuple(item for item, former in changed if item["updated"] == former["updated"]),
        moved=tuple(Moved(item["title"], former["path"], item["path"]) for item, former in known if item["path"] != former["path"]),
        withdrawn=tuple({**notice, "title": old.get(notice["id"], notice).get("title", notice["path"])} for notice in withdrawn),
        scheduled=tuple(sorted(scheduled, key=lambda item: item.date)),
    )


@dataclass(frozen=True)
class _ReviewView:
    """The context of the page's template."""

    root: str  # of the site, relative to the page
    intro: str
    sound: str
    warnings: tuple[str, ...]
    review: Review
    scheduled: tuple[tuple[str, str], ...]
    looks: tuple[ItemPreview, ...]


def write_review(content: Path, theme: Path, built: Path, published: Path | None, page: Path, address: str | None = None) -> str:
    """Write the page of a review; return its summary for a terminal.

    It compares a built site with the published site.

    `built` and `published` are folders of sites. `built` may be a preview, with another `address` than in site.yml.
    """
    output = content.parent / "output"
    options = BuildOptions(content=content, theme=theme, output=output, preview=True, address=address, use_cache=False)
    site_plan = pipeline.read(options, Progress(quiet=True))
    items = site_plan.resolved.catalogue.items
    scheduled = [item for item in items if item.state is PublicationState.SCHEDULED]
    hidden = {item.id for item in items if item.state is not PublicationState.PUBLISHED}
    before, now = _read_manifest(published) if published else None, _read_manifest(built)
    now["items"] = [item for item in now["items"] if item["id"] not in hidden]  # a preview has them
    review = compare(before, now, scheduled)
    zone, root = site_plan.site.zone, os.path.relpath(built.resolve(), page.parent.resolve())
    shown = {item.id: item for item in items}

    def address_of(picture: Target) -> str:
        return f"{root}/{picture.path}"

    entries = (*review.new, *review.major, *review.minor)[:_MAX_PREVIEWED]
    view = _ReviewView(
        root=root,
        intro=_intro(review, published),
        sound=_SOUND,
        warnings=tuple(str(problem) for problem in site_plan.problems),
        review=review,
        scheduled=tuple((format_instant(item.date.astimezone(zone)), item.title) for item in review.scheduled),
        looks=tuple(preview_item(shown[entry["id"]], site_plan.plan, address_of) for entry in entries if entry["id"] in shown),
    )
    page.write_text(environment(Folder(str(theme), "")).get_template("review.html").render(view=view), "utf-8")
    return "\n".join([*_lines(view), _SOUND, f"Xem từng bài sẽ hiện ra sao: {page}"])


def _read_manifest(site: Path) -> dict[str, Any]:
    """Return a site's `/manifest.json`. Raise WrongUse if it cannot be read."""
    try:
        manifest = json.loads((site / MANIFEST.removeprefix("/")).read_text("utf-8"))
    except (OSError, ValueError):
        remedy = "chỉ thư mục của trang đã đăng bằng --against."
        raise WrongUse(f"Không đọc được manifest.json trong {site}. Cách sửa: {remedy}") from None
    assert isinstance(manifest, dict)
    return manifest


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
        yield from _section(title, [f"{sign} {item['title']}  {item['path']}" for item in items], _MAX_LISTED)
    yield from _section("Đổi địa chỉ", [f"{item.before} → {item.now}" for item in review.moved])
    yield from _section("Hẹn giờ", [f"{when}: {title}" for when, title in view.scheduled])
    long = [(look, text) for look in view.looks for text in look.counters if text.over]
    yield from _section("Dài quá, sẽ bị cắt", [f"{look.title}: {text.of} {text.length}/{text.limit}" for look, text in long])
    yield from _section("Nên xem lại", view.warnings)


def _section(title: str, lines: Sequence[str], limit: int | None = None) -> Iterator[str]:
    if lines:
        yield f"{title} ({len(lines)}):"
        yield from (f"  {line}" for line in lines[:limit])
        if limit and len(lines) > limit:
            yield f"  … và {len(lines) - limit} bài nữa"
