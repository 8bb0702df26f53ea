"""The training section: sessions, and materials by audience, topic and format."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import TRAINING
from chuyendoiso.model.content_types.consultation import Consultation
from chuyendoiso.model.content_types.training import Training
from chuyendoiso.model.items import Catalogue
from chuyendoiso.model.site import Audience
from chuyendoiso.model.target import Deferred
from chuyendoiso.model.vietnamese import lower_first, slugify
from chuyendoiso.outputs.pages.lists import ListSpec, Paged, Selection, filters_of, grouped_listings, listings, teaser
from chuyendoiso.outputs.pages.materials import FORMATS, formats_of
from chuyendoiso.outputs.pages.render_context import RenderContext, crumbs, feed_links, kind_step
from chuyendoiso.outputs.pages.views import Anchor, Head, LinkGroup, TrainingGroup, TrainingHomePage


def session_key(training: Training) -> tuple[datetime, str]:
    """Return the key that puts the earliest session first."""
    assert training.session is not None
    return training.session.starts_at, training.path


def upcoming(catalogue: Catalogue) -> list[Training]:
    """Return the trainings whose session is not over, the next first."""
    return sorted((item for item in catalogue.of(Training) if item.session and item.session.phase != "after"), key=session_key)


def past(catalogue: Catalogue) -> list[Training]:
    """Return the trainings whose session is over, the latest first."""
    over = (item for item in catalogue.of(Training) if item.session and item.session.phase == "after")
    return sorted(over, key=session_key, reverse=True)


def plan_training_home(catalogue: Catalogue, context: RenderContext) -> Deferred:
    """Plan the training section."""
    trainings = catalogue.of(Training)
    for_audiences = (
        (audience, [item for item in trainings if audience.id in item.audience]) for audience in context.site.audiences
    )
    groups = tuple((audience, tuple(items[:4])) for audience, items in for_audiences if items)
    filters = tuple(group for group in filters_of(context, _groups(catalogue, context)) if group.title != BY_AUDIENCE)
    dated = any(item.session for item in trainings) or bool(catalogue.of(Consultation))
    return Deferred(training_home, (context, tuple(upcoming(catalogue)), dated, bool(past(catalogue)), groups, filters))


def training_home(
    context: RenderContext,
    to_come: tuple[Training, ...],
    dated: bool,
    any_past: bool,
    groups: tuple[tuple[Audience, tuple[Training, ...]], ...],
    filters: tuple[LinkGroup, ...],
) -> TrainingHomePage:
    """Return the training section's home; `dated` if there is a session."""
    feeds = feed_links(context, (TRAINING.label, TRAINING.kind.value))
    return TrainingHomePage(
        head=Head(
            title=TRAINING.label, description="Hội nghị, lớp tập huấn và tài liệu tự học về chuyển đổi số.",
            canonical=context.site.absolute(urls.TRAININGS), indexed=context.indexed, feeds=feeds,
            section=context.site.href(urls.TRAININGS), modules=context.scripts("filters") if filters else (),
        ),
        crumbs=crumbs(context),
        title=TRAINING.label,
        intro="Hội nghị, lớp tập huấn và tài liệu tự học, xếp theo người cần dùng.",
        upcoming=tuple(teaser(context, item) for item in to_come),
        calendar=Anchor("Tải lịch hội nghị (.ics)", context.site.absolute(urls.CALENDAR)),
        month=Anchor("Xem lịch theo tháng", context.site.href(urls.SESSION_MONTHS)) if dated else None,
        past=Anchor("Hội nghị, lớp tập huấn đã qua", context.site.href(urls.PAST_SESSIONS)) if any_past else None,
        groups=tuple(
            TrainingGroup(
                audience.name,
                Anchor(f"Tất cả tài liệu cho {lower_first(audience.name)}", context.site.href(urls.audience(audience.id))),
                tuple(teaser(context, item) for item in items),
            )
            for audience, items in groups
        ),
        filters=filters,
        feeds=feeds,
    )  # fmt: skip


BY_AUDIENCE, BY_FORMAT, BY_TOPIC = "Theo người dùng", "Theo dạng tài liệu", "Theo chủ đề"


def _groups(catalogue: Catalogue, context: RenderContext) -> dict[str, list[Selection]]:
    """Return the lists of trainings; an audience's list exists even if it is empty."""
    trainings = catalogue.of(Training)
    formats = dict.fromkeys(chain(FORMATS, *map(formats_of, trainings)))
    by_slug = {slugify(format_): format_ for format_ in reversed(formats)}  # of two written alike, the first
    groups: dict[str, list[Selection]] = {
        BY_AUDIENCE: [
            (audience.name, urls.audience(audience.id), f"Tài liệu cho {lower_first(audience.name)}",
             [item for item in trainings if audience.id in item.audience])
            for audience in context.site.audiences
        ],
        BY_FORMAT: [
            (by_slug[slug], urls.training_format(slug), f"Tài liệu dạng {lower_first(by_slug[slug])}",
             [item for item in trainings if slug in map(slugify, formats_of(item))])
            for slug in reversed(by_slug)
        ],
        BY_TOPIC: [
            (topic.name, urls.training_topic(topic.slug), f"Tập huấn, tài liệu về {lower_first(topic.name)}",
             [item for item in trainings if item.topic == topic.slug])
            for topic in context.site.topics
        ],
    }  # fmt: skip
    return {title: [selection for selection in group if selection[3] or title == BY_AUDIENCE] for title, group in groups.items()}


def training_lists(catalogue: Catalogue, context: RenderContext) -> Iterator[Paged]:
    """Yield the lists of past sessions, of each audience, format and topic."""
    step = kind_step(TRAINING.kind)
    spec = ListSpec(
        path=urls.PAST_SESSIONS, title="Hội nghị, lớp tập huấn đã qua", empty="Chưa có hội nghị nào đã qua.", steps=(step,),
        section=urls.TRAININGS,
    )  # fmt: skip
    yield from listings(context, spec, past(catalogue))
    yield from grouped_listings(context, _groups(catalogue, context), step, "Chưa có tài liệu cho đối tượng này.")
