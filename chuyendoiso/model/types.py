"""The types of fields: how the text of each is read, and what it wants of whoever fills it in. Which field has which is for `fields`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationInfo

from chuyendoiso.model import parsers
from chuyendoiso.model.inputs import Input, Shape
from chuyendoiso.model.origins import parse_origin
from chuyendoiso.model.parsers import (
    limited,
    parse_address,
    parse_alias,
    parse_clock,
    parse_count,
    parse_day,
    parse_document_number,
    parse_document_type,
    parse_email,
    parse_host,
    parse_language,
    parse_limit,
    parse_media,
    parse_minutes,
    parse_seconds,
    parse_slug,
    parse_status,
    parse_switch,
    parse_tag,
    parse_text,
)
from chuyendoiso.model.vocabulary import Status


@dataclass(frozen=True)
class Known:
    """What fields may refer to: the ids of site.yml, and its zone."""

    zone: ZoneInfo
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


def _known(name: str) -> Callable[[Any, ValidationInfo[Known]], str]:
    return lambda value, info: parsers.parse_known(value, getattr(info.context, name), name)


def _instant(value: Any, info: ValidationInfo[Known]) -> datetime:
    return parsers.parse_instant(value, info.context.zone)


Text = Annotated[str, BeforeValidator(parse_text), Input(Shape.LINE)]
Title = Annotated[Text, AfterValidator(limited(200)), Input(limit=200)]
Summary = Annotated[Text, AfterValidator(limited(300)), Input(Shape.PARAGRAPH, limit=300)]
Subject = Annotated[Text, AfterValidator(limited(500)), Input(Shape.PARAGRAPH, limit=500)]
Slug = Annotated[str, BeforeValidator(parse_slug), Input(Shape.SLUG)]
Tag = Annotated[str, BeforeValidator(parse_tag), Input(Shape.LINE, limit=60)]
Language = Annotated[str, BeforeValidator(parse_language)]
DocumentNumber = Annotated[str, BeforeValidator(parse_document_number)]
DocumentType = Annotated[str, BeforeValidator(parse_document_type), Input(Shape.CHOICE, choices="document_types")]
StatusName = Annotated[Status, BeforeValidator(parse_status), Input(Shape.CHOICE, choices="statuses")]
TopicId = Annotated[str, BeforeValidator(_known("topics")), Input(Shape.CHOICE, choices="topics")]
AudienceId = Annotated[str, BeforeValidator(_known("audiences")), Input(Shape.CHOICE, choices="audiences")]
IssuerId = Annotated[str, BeforeValidator(_known("issuers")), Input(Shape.CHOICE, choices="issuers")]
ChannelId = Annotated[str, BeforeValidator(_known("channels")), Input(Shape.CHOICE, choices="channels")]
HostName = Annotated[str, BeforeValidator(parse_host)]
Origin = Annotated[str, BeforeValidator(parse_origin), Input(Shape.ORIGIN)]
WebAddress = Annotated[str, BeforeValidator(parse_address), Input(Shape.ADDRESS)]
Email = Annotated[str, BeforeValidator(parse_email), Input(Shape.EMAIL)]
Alias = Annotated[str, BeforeValidator(parse_alias), Input(Shape.PATH)]
MediaPath = Annotated[str, BeforeValidator(parse_media), Input(Shape.FILE)]
PicturePath = Annotated[MediaPath, Input(Shape.PICTURE)]
Instant = Annotated[datetime, BeforeValidator(_instant), Input(Shape.INSTANT)]
Day = Annotated[date, BeforeValidator(parse_day), Input(Shape.DAY)]
Clock = Annotated[str, BeforeValidator(parse_clock), Input(Shape.CLOCK)]
Minutes = Annotated[int, BeforeValidator(parse_minutes), Input(Shape.MINUTES)]
Switch = Annotated[bool, BeforeValidator(parse_switch), Input(Shape.SWITCH)]
Count = Annotated[int, BeforeValidator(parse_count), Input(Shape.COUNT)]
Limit = Annotated[int, BeforeValidator(parse_limit), Input(Shape.COUNT)]
Seconds = Annotated[int, BeforeValidator(parse_seconds), Input(Shape.COUNT)]


class Group(BaseModel):
    """A group of fields; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)  # until a file has such a group
