"""The training section: sessions, and materials by audience, topic and format."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import TRAINING
from chuyendoiso.model.content_types.training import Training
from chuyendoiso.model.items import Catalogue
from chuyendoiso.model.site import Audience
from chuyendoiso.model.target import Deferred
from chuyendoiso.model.vietnamese import lower_first, slugify
from chuyendoiso.outputs.pages.lists import ListSpec, Paged, listings, teaser
from chuyendoiso.outputs.pages.materials import FORMATS, formats_of
from chuyendoiso.outputs.pages.render_context import RenderContext, crumbs, feed_links, kind_step
from chuyendoiso.outputs.pages.views import Anchor, FeedLink, FilterGroup, Head, TrainingGroup, TrainingHomePage


def session_key(training: Training) -> tuple[datetime, str]:
    """Return the key that puts the earliest session first."""
    assert training.session is not None
    return training.session.starts_at, training.path


def upcoming(catalogue: Catalogue) -> list[Training]:
    """Return the trainings whose session is not over, the next first."""
    found = [one for one in catalogue.of(Training) if one.session and one.session.phase != "after"]
    return sorted(found, key=session_key)


def past(catalogue: Catalogue) -> list[Training]:
    """Return the trainings whose session is over, the latest first."""
    found = [one for one in catalogue.of(Training) if one.session and one.session.phase == "after"]
    return sorted(found, key=session_key, reverse=True)


def plan_training_home(catalogue: Catalogue, context: RenderContext) -> Deferred:
    """Plan the training section."""
    found = ((one, [item for item in catalogue.of(Training) if one.id in item.audience]) for one in context.site.audiences)
    groups = tuple((audience, tuple(items[:4])) for audience, items in found if items)
    filters = tuple(group for group in _filters(_groups(catalogue, context), context) if group.title != BY_AUDIENCE)
    dated = any(item.session for item in catalogue.of(Training))
    return Deferred(training_home, (context, tuple(upcoming(catalogue)), dated, bool(past(catalogue)), groups, filters))


def training_home(
    context: RenderContext,
    to_come: tuple[Training, ...],
    dated: bool,
    any_past: bool,
    groups: tuple[tuple[Audience, tuple[Training, ...]], ...],
    filters: tuple[FilterGroup, ...],
) -> TrainingHomePage:
    """Return the training section's home; `dated` if there is a session."""
    feeds: tuple[FeedLink, ...] = feed_links(context, (TRAINING.label, TRAINING.kind.value))
    return TrainingHomePage(
        head=Head(
            title=TRAINING.label, description="Hội nghị, lớp tập huấn và tài liệu tự học về chuyển đổi số.",
            canonical=context.site.absolute(urls.TRAININGS), indexed=context.indexed, feeds=feeds,
            section=context.site.href(urls.TRAININGS), modules=context.scripts("filters") if filters else (),
        ),
        crumbs=crumbs(context),
        title=TRAINING.label,
        intro="Hội nghị, lớp tập huấn và tài liệu tự học, xếp theo người cần dùng.",
        upcoming=tuple(teaser(context, one) for one in to_come),
        calendar=Anchor("Tải lịch hội nghị (.ics)", context.site.absolute(urls.CALENDAR)),
        month=Anchor("Xem lịch theo tháng", context.site.href(urls.SESSION_MONTHS)) if dated else None,
        past=Anchor("Hội nghị, lớp tập huấn đã qua", context.site.href(urls.PAST_SESSIONS)) if any_past else None,
        groups=tuple(_training_group(context, audience, items) for audience, items in groups),
        filters=filters,
        feeds=feeds,
    )  # fmt: skip


def _training_group(context: RenderContext, audience: Audience, items: tuple[Training, ...]) -> TrainingGroup:
    more = Anchor(f"Tất cả tài liệu cho {lower_first(audience.name)}", context.site.href(urls.audience(audience.id)))
    return TrainingGroup(title=audience.name, more=more, teasers=tuple(teaser(context, one) for one in items))


BY_AUDIENCE, BY_FORMAT, BY_TOPIC = "Theo người dùng", "Theo dạng tài liệu", "Theo chủ đề"
Group = tuple[str, str, str, list[Training]]  # the label of its link, its path, its title, what is in it


def _groups(catalogue: Catalogue, context: RenderContext) -> dict[str, list[Group]]:
    """Return the lists of trainings; an audience's list exists even if it is empty."""
    trainings = catalogue.of(Training)
    by_format: dict[str, list[Training]] = {format_: [] for format_ in FORMATS}
    for one in trainings:
        for format_ in formats_of(one):
            by_format.setdefault(format_, []).append(one)
    audiences = [
        (
            one.name,
            urls.audience(one.id),
            f"Tài liệu cho {lower_first(one.name)}",
            [item for item in trainings if one.id in item.audience],
        )
        for one in context.site.audiences
    ]
    by_slug = {slugify(format_): format_ for format_ in reversed(by_format)}  # of two written alike, the first
    formats = [
        (by_slug[slug], urls.training_format(slug), f"Tài liệu dạng {lower_first(by_slug[slug])}", found)
        for slug in reversed(by_slug)
        if (found := [item for item in trainings if slug in map(slugify, formats_of(item))])
    ]
    topics = [
        (one.name, urls.training_topic(one.slug), f"Tập huấn, tài liệu về {lower_first(one.name)}", found)
        for one in context.site.topics
        if (found := [item for item in trainings if item.topic == one.slug])
    ]
    return {BY_AUDIENCE: audiences, BY_FORMAT: formats, BY_TOPIC: topics}


def _filters(listed: Mapping[str, list[Group]], context: RenderContext, current: str | None = None) -> tuple[FilterGroup, ...]:
    """Return links to non-empty lists; `current` is the path of the shown one."""
    groups = []
    for title, found in listed.items():
        here = context.site.href(current) if current in {path for _, path, _, _ in found} and current else None
        links = tuple(Anchor(label, context.site.href(path)) for label, path, _, items in found if items or path == current)
        groups.append(FilterGroup(title=title, links=links, current=here))
    return tuple(group for group in groups if group.links)


def training_lists(catalogue: Catalogue, context: RenderContext) -> Iterator[Paged]:
    """Yield the lists of past sessions, of each audience, format and topic."""
    step = kind_step(TRAINING.kind)
    over = ListSpec(
        path=urls.PAST_SESSIONS, title="Hội nghị, lớp tập huấn đã qua", intro=None, empty="Chưa có hội nghị nào đã qua.",
        steps=(step,), section=urls.TRAININGS,
    )  # fmt: skip
    yield from listings(context, over, past(catalogue))
    listed = _groups(catalogue, context)
    for found in listed.values():
        for _, path, title, items in found:
            selection = ListSpec(
                path=path, title=title, intro=None, empty="Chưa có tài liệu cho đối tượng này.", steps=(step,),
                section=urls.TRAININGS,
            )  # fmt: skip
            yield from listings(context, selection, items, _filters(listed, context, path))
