"""Begins a content file: asks what it is and what it is called, proposes its address, writes a draft. Never overwrites."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from chuyendoiso.authoring.archetype import make_archetype
from chuyendoiso.authoring.yaml_writer import scalar
from chuyendoiso.content.site_config import site_of
from chuyendoiso.model.address_parsers import parse_slug
from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.parsers import Invalid, limited, parse_document_number, parse_text
from chuyendoiso.model.vietnamese import fold, slugify
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.system.errors import WrongUse
from chuyendoiso.system.os_errors import explain

Ask = Callable[[str], str]


@dataclass(frozen=True)
class DraftRequest:
    """What is known of a file to begin: what the command was told; "" where it is to be asked."""

    kind: str = ""
    title: str = ""
    number: str = ""  # of a document
    slug: str = ""


def create_draft(content: Path, wanted: DraftRequest, now: datetime, ask: Ask | None, say: Callable[[str], None]) -> Path:
    """Write a draft and return its path. `ask` puts a question to a person; None where there is nobody to ask.

    Raises WrongUse for what the command was told wrongly, or was not told while there is nobody to ask.
    """
    site = site_of(content)
    now = now.astimezone(site.zone)
    questions = _Questions(ask, say)
    kind = questions.kind(wanted.kind)
    title = questions.text("--title", "Tên bài", wanted.title, limited(200))
    numbered = CONTENT_TYPES[kind].slug_field == "document_number"
    number = questions.text("--number", "Số, ký hiệu", wanted.number, parse_document_number) if numbered else ""
    proposed = _free_slug(content, kind, now, _short(slugify(number or title)) or "bai-viet")
    slug = questions.slug(wanted.slug, proposed)
    path = content / _name(kind, now, slug)
    known = {"title": title, "date": f"{now:%Y-%m-%d %H:%M}", "document_number": number}
    _write_new(path, content, make_archetype(kind, _written(kind, known), site))
    return path


def _short(slug: str, longest: int = 80) -> str:
    return slug if len(slug) <= longest else slug[: longest + 1].rpartition("-")[0] or slug[:longest]


def _written(kind: Kind, known: dict[str, str]) -> dict[str, str]:
    has = CONTENT_TYPES[kind].fields.model_fields
    return {name: scalar(value) for name, value in known.items() if value and name in has}


def _name(kind: Kind, now: datetime, slug: str) -> str:
    return f"{kind}/{now.year}/{slug}.md" if CONTENT_TYPES[kind].by_year else f"{kind}/{slug}.md"


def _free_slug(content: Path, kind: Kind, now: datetime, slug: str) -> str:
    """Return the slug, with a number where a file of that name is there."""
    names = [slug, *(f"{slug}-{number}" for number in range(2, 100))]
    return next((name for name in names if not (content / _name(kind, now, name)).exists()), slug)


def _write_new(path: Path, content: Path, text: str) -> None:
    shown = f"{content.name}/{path.relative_to(content).as_posix()}"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise WrongUse(f"Đã có tệp {shown}. Cách sửa: chọn tên khác với --slug, hoặc sửa tệp ấy.") from None
    except OSError as error:
        raise WrongUse(f"Không ghi được {shown} ({explain(error)}). Cách sửa: xem quyền ghi và chỗ trống trên đĩa.") from None


_KINDS = {name: one.kind for one in CONTENT_TYPES.values() for name in one.names}


@dataclass(frozen=True)
class _Questions:
    """Takes an answer from the command's options, else from a person, who is asked again while an answer cannot be used."""

    ask: Ask | None
    say: Callable[[str], None]

    def kind(self, told: str) -> Kind:
        kinds = list(Kind)
        named = "; ".join(f"{number} {CONTENT_TYPES[kind].label} ({kind})" for number, kind in enumerate(kinds, start=1))

        def parse(text: str) -> str:
            if text.isdecimal() and 1 <= int(text) <= len(kinds):
                return kinds[int(text) - 1]
            if meant := _KINDS.get(fold(text)) or (text if text in set(kinds) else None):
                return meant
            raise Invalid("kind", f'Không có loại bài "{text}".', f"chọn một trong: {', '.join(kinds)}.")

        return Kind(self._answer("--kind", f"Loại bài: {named}. Chọn", told, parse))

    def text(self, option: str, question: str, told: str, check: Callable[[str], str]) -> str:
        return self._answer(option, question, told, lambda text: check(parse_text(text)), label=question)

    def slug(self, told: str, proposed: str) -> str:
        if not told and self.ask is None:
            return proposed
        question = f"Tên trong địa chỉ (bấm Enter để dùng {proposed})"
        return self._answer("--slug", question, told, lambda text: parse_slug(text or proposed), label="Tên trong địa chỉ")

    def _answer(self, option: str, question: str, told: str, parse: Callable[[str], str], label: str = "") -> str:
        if not told and self.ask is None:
            raise WrongUse(f"Thiếu {option}, mà không có ai ngồi trước máy để hỏi. Cách sửa: thêm {option} vào lệnh.")
        while True:
            answer = told or (self.ask(f"{question}: ").strip() if self.ask else "")
            try:
                return parse(answer)
            except Invalid as wrong:
                line = f"{wrong.message.replace('{label}', label)} Cách sửa: {wrong.remedy}"
                if told:
                    raise WrongUse(line) from None
                self.say(line)
