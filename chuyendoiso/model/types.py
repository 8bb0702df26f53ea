"""The types of fields: the parser of each, and its widget in forms."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationInfo

from chuyendoiso.model import parsers
from chuyendoiso.model.address_parsers import parse_address, parse_alias, parse_email, parse_host, parse_media, parse_slug
from chuyendoiso.model.date_parsers import parse_clock, parse_day, parse_instant, parse_minutes
from chuyendoiso.model.origins import parse_origin
from chuyendoiso.model.parsers import (
    max_length,
    parse_count,
    parse_document_number,
    parse_document_type,
    parse_language,
    parse_limit,
    parse_phone,
    parse_reason,
    parse_seconds,
    parse_status,
    parse_switch,
    parse_tag,
    parse_text,
)
from chuyendoiso.model.vocabulary import ASKED_VIA, ROUTES, EditorStatus
from chuyendoiso.model.widgets import Widget, WidgetKind


@dataclass(frozen=True)
class KnownIds:
    """The ids of site.yml that fields may refer to, and its zone."""

    zone: ZoneInfo
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


def _known(name: str) -> Callable[[Any, ValidationInfo[KnownIds]], str]:
    return lambda value, info: parsers.parse_known(value, getattr(info.context, name), name)


def _one_of(choices: Collection[str]) -> Callable[[Any], str]:
    return lambda value: parsers.parse_choice(value, choices)


def _answerer(value: Any, info: ValidationInfo[KnownIds]) -> str:
    return parsers.parse_known(value, (*info.context.issuers, "owner"), "issuers")


def bare_or_mapped(name: str) -> Callable[[Any], Any]:
    """Return a parser of a group that accepts the value of its field `name` alone."""
    return lambda value: {name: value} if isinstance(value, str) else parsers.require_group(value)


def _instant(value: Any, info: ValidationInfo[KnownIds]) -> datetime:
    return parse_instant(value, info.context.zone)


Text = Annotated[str, BeforeValidator(parse_text), Widget(WidgetKind.LINE)]
Reason = Annotated[str, BeforeValidator(parse_reason), Widget(WidgetKind.LINE)]
Phone = Annotated[str, BeforeValidator(parse_phone), Widget(WidgetKind.LINE)]
Title = Annotated[Text, AfterValidator(max_length(200)), Widget(limit=200)]
Summary = Annotated[Text, AfterValidator(max_length(300)), Widget(WidgetKind.PARAGRAPH, limit=300)]
Subject = Annotated[Text, AfterValidator(max_length(500)), Widget(WidgetKind.PARAGRAPH, limit=500)]
Slug = Annotated[str, BeforeValidator(parse_slug), Widget(WidgetKind.SLUG)]
Tag = Annotated[str, BeforeValidator(parse_tag), Widget(WidgetKind.LINE, limit=60)]
Language = Annotated[str, BeforeValidator(parse_language)]
DocumentNumber = Annotated[str, BeforeValidator(parse_document_number)]
DocumentType = Annotated[str, BeforeValidator(parse_document_type), Widget(WidgetKind.CHOICE, choices="document_types")]
StatusName = Annotated[EditorStatus, BeforeValidator(parse_status), Widget(WidgetKind.CHOICE, choices="statuses")]
TopicId = Annotated[str, BeforeValidator(_known("topics")), Widget(WidgetKind.CHOICE, choices="topics")]
AudienceId = Annotated[str, BeforeValidator(_known("audiences")), Widget(WidgetKind.CHOICE, choices="audiences")]
IssuerId = Annotated[str, BeforeValidator(_known("issuers")), Widget(WidgetKind.CHOICE, choices="issuers")]
AnswererId = Annotated[str, BeforeValidator(_answerer), Widget(WidgetKind.CHOICE, choices="answerers")]
AskedVia = Annotated[str, BeforeValidator(_one_of(ASKED_VIA)), Widget(WidgetKind.CHOICE, choices="asked_via")]
RouteId = Annotated[str, BeforeValidator(_one_of(ROUTES)), Widget(WidgetKind.CHOICE, choices="routes")]
SourceLink = Annotated[str, BeforeValidator(parse_text)]  # to a content file, as in a body
ChannelId = Annotated[str, BeforeValidator(_known("channels")), Widget(WidgetKind.CHOICE, choices="channels")]
HostName = Annotated[str, BeforeValidator(parse_host)]
Origin = Annotated[str, BeforeValidator(parse_origin), Widget(WidgetKind.ORIGIN)]
WebAddress = Annotated[str, BeforeValidator(parse_address), Widget(WidgetKind.ADDRESS)]
Email = Annotated[str, BeforeValidator(parse_email), Widget(WidgetKind.EMAIL)]
Alias = Annotated[str, BeforeValidator(parse_alias), Widget(WidgetKind.PATH)]
MediaPath = Annotated[str, BeforeValidator(parse_media), Widget(WidgetKind.FILE)]
PicturePath = Annotated[MediaPath, Widget(WidgetKind.PICTURE)]
Instant = Annotated[datetime, BeforeValidator(_instant), Widget(WidgetKind.INSTANT)]
Day = Annotated[date, BeforeValidator(parse_day), Widget(WidgetKind.DAY)]
Clock = Annotated[str, BeforeValidator(parse_clock), Widget(WidgetKind.CLOCK)]
Minutes = Annotated[int, BeforeValidator(parse_minutes), Widget(WidgetKind.MINUTES)]
Switch = Annotated[bool, BeforeValidator(parse_switch), Widget(WidgetKind.SWITCH)]
Count = Annotated[int, BeforeValidator(parse_count), Widget(WidgetKind.COUNT)]
Limit = Annotated[int, BeforeValidator(parse_limit), Widget(WidgetKind.COUNT)]
Seconds = Annotated[int, BeforeValidator(parse_seconds), Widget(WidgetKind.COUNT)]


class Group(BaseModel):
    """A group of fields; an unknown key is an error.

    `bare` names the field whose value may replace the group.
    """

    bare: ClassVar[str | None] = None

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)  # until a file has such a group
