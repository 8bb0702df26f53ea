"""The result of a build, and its closing message."""

from dataclasses import dataclass
from pathlib import Path

from chuyendoiso.build.site_plan import SitePlan
from chuyendoiso.model.content_types import ITEM_TYPES
from chuyendoiso.model.vocabulary import PublicationState
from chuyendoiso.release.manifest import Release


@dataclass(frozen=True, kw_only=True)
class Result:
    """The plan, the release and the numbers of a finished build."""

    site_plan: SitePlan
    output: Path
    release: Release
    pages: int
    feeds: int
    pictures: int
    changed: bool  # False if the release is the last one
    seconds: float


def summary(result: Result) -> str:
    """Return the closing message of a build."""
    seconds = f"{result.seconds:.1f}".replace(".", ",")
    outcome = "Đã dựng bản mới" if result.changed else "Không có gì thay đổi"
    return f"{outcome}: {counts(result)}; {seconds} giây.{when_next(result)}"


def counts(result: Result) -> str:
    """Return the numbers of items, pages, feeds and pictures, in Vietnamese."""
    catalogue, states = result.site_plan.resolved.catalogue, result.site_plan.states
    kinds = ((len(catalogue.of(content_type.item)), content_type.label.lower()) for content_type in ITEM_TYPES.values())
    items = ", ".join(f"{count} {label}" for count, label in kinds if count) or "0 bài"
    return (
        f"{items}, {len(catalogue.pages)} trang riêng; "
        f"{states[PublicationState.SCHEDULED]} hẹn giờ, {states[PublicationState.DRAFT]} bản nháp, {states[PublicationState.WITHDRAWN]} đã gỡ; "
        f"{result.pages} trang, {result.feeds} nguồn tin, {result.pictures} ảnh"
    )


def when_next(result: Result) -> str:
    """Return a sentence on the next scheduled change, or "" if there is none."""
    upcoming = result.site_plan.next_transition
    return f" Trang tự đổi lần tới lúc {upcoming.astimezone(result.site_plan.site.zone):%H:%M %d/%m/%Y}." if upcoming else ""
