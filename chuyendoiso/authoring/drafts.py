"""The command `new`: ask for kind and title, propose a slug, write a draft."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from chuyendoiso.authoring.forms import FormField, choices_of, form_of
from chuyendoiso.authoring.yaml_writer import Value, scalar, written_fields
from chuyendoiso.content.site_config import site_of
from chuyendoiso.model.address_parsers import parse_slug
from chuyendoiso.model.content_types import CONTENT_TYPES
from chuyendoiso.model.parsers import Invalid, max_length, parse_document_number, parse_text
from chuyendoiso.model.site import Site
from chuyendoiso.model.vietnamese import fold, slugify
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.system.errors import WrongUse
from chuyendoiso.system.os_errors import explain

Ask = Callable[[str], str]
# Fields that a new item does not need, or whose default is nearly always right
_LATER = {"withdrawn_reason", "slug", "modified", "change_note", "corrections", "pinned_until", "aliases", "zalo", "lang", "status"}
_MANY = 12  # choices in a comment; the guide lists longer ones
_KINDS = {name: content_type.kind for content_type in CONTENT_TYPES.values() for name in content_type.names}


@dataclass(frozen=True)
class DraftRequest:
    """The options of the command; "" for a value to ask for."""

    kind: str = ""
    title: str = ""
    number: str = ""  # of a document
    slug: str = ""


def create_draft(content: Path, request: DraftRequest, now: datetime, ask: Ask | None, say: Callable[[str], None]) -> Path:
    """Write a draft and return its path; `ask` is None if there is nobody to ask.

    Raise WrongUse if an option is invalid, or missing and there is nobody to ask.
    """
    site = site_of(content)
    now = now.astimezone(site.zone)
    questions = _Questions(ask, say)
    kind = questions.kind(request.kind)
    content_type = CONTENT_TYPES[kind]
    fields, ending = content_type.fields.model_fields, content_type.title_ending
    title = questions.text("--title", fields["title"].title or "", request.title, max_length(200 - len(ending)))
    title = title.removesuffix(ending) + ending
    numbered = content_type.slug_field == "document_number"
    number = questions.text("--number", "Số, ký hiệu", request.number, parse_document_number) if numbered else ""
    folder = content / kind / str(now.year) if content_type.by_year else content / kind
    slug = questions.slug(request.slug, free_slug(folder, short_slug(number or title) or "bai-viet"))
    known = {"title": title, "date": f"{now:%Y-%m-%d %H:%M}", "document_number": number}
    values = {name: scalar(value) for name, value in known.items() if value and name in fields}
    path = folder / f"{slug}.md"
    _write_new(path, content, make_archetype(kind, values, site))
    return path


def short_slug(text: str, longest: int = 80) -> str:
    """Return a text as the name of a file, at most so long; "" if it has no letter."""
    slug = slugify(text)
    return slug if len(slug) <= longest else slug[: longest + 1].rpartition("-")[0] or slug[:longest]


def free_slug(folder: Path, slug: str) -> str:
    """Return the slug, with a number if a file of that name exists."""
    names = [slug, *(f"{slug}-{number}" for number in range(2, 100))]
    return next((name for name in names if not (folder / f"{name}.md").exists()), slug)


def _write_new(path: Path, content: Path, text: str) -> None:
    display_path = f"{content.name}/{path.relative_to(content).as_posix()}"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise WrongUse(f"Đã có tệp {display_path}. Cách sửa: chọn tên khác với --slug, hoặc sửa tệp ấy.") from None
    except OSError as error:
        raise WrongUse(
            f"Không ghi được {display_path} ({explain(error)}). Cách sửa: xem quyền ghi và chỗ trống trên đĩa."
        ) from None


@dataclass(frozen=True)
class _Questions:
    """Gets values from options, or asks a person until an answer is valid."""

    ask: Ask | None
    say: Callable[[str], None]

    def kind(self, option: str) -> Kind:
        kinds = list(Kind)
        choices = "; ".join(f"{number} {CONTENT_TYPES[kind].label} ({kind})" for number, kind in enumerate(kinds, start=1))

        def parse(text: str) -> str:
            if text.isdecimal() and 1 <= int(text) <= len(kinds):
                return kinds[int(text) - 1]
            if kind := _KINDS.get(fold(text)) or (text if text in set(kinds) else None):
                return kind
            raise Invalid("kind", f'Không có loại bài "{text}".', f"chọn một trong: {', '.join(kinds)}.")

        return Kind(self._answer("--kind", f"Loại bài: {choices}. Chọn", option, parse))

    def text(self, name: str, question: str, option: str, check: Callable[[str], str]) -> str:
        return self._answer(name, question, option, lambda text: check(parse_text(text)), label=question)

    def slug(self, option: str, proposed: str) -> str:
        if not option and self.ask is None:
            return proposed
        question = f"Tên trong địa chỉ (bấm Enter để dùng {proposed})"
        return self._answer("--slug", question, option, lambda text: parse_slug(text or proposed), label="Tên trong địa chỉ")

    def _answer(self, name: str, question: str, option: str, parse: Callable[[str], str], label: str = "") -> str:
        if not option and self.ask is None:
            raise WrongUse(f"Thiếu {name}, mà không có ai ngồi trước máy để hỏi. Cách sửa: thêm {name} vào lệnh.")
        while True:
            answer = option or (self.ask(f"{question}: ").strip() if self.ask else "")
            try:
                return parse(answer)
            except Invalid as invalid:
                line = f"{invalid.message.replace('{label}', label)} Cách sửa: {invalid.remedy}"
                if option:
                    raise WrongUse(line) from None
                self.say(line)


def make_archetype(kind: Kind, known: Mapping[str, str], site: Site) -> str:
    """Return a draft with the known values.

    Other required fields are empty, so that the checks list them.
    """
    required: list[str] = []
    optional: list[str] = []
    for field in form_of(kind):
        if field.name in known:
            required += [f"# {_hint(field, site)}", f"{field.name}: {known[field.name]}"]
        elif field.required:
            required += [f"# {_hint(field, site)}", f"{field.name}:"]
        elif field.name not in _LATER:
            optional += _commented(field, site)
    status = ["# Bản nháp chưa lên trang. Viết xong thì xóa dòng dưới.", "status: draft"]
    intro = "# Những trường sau không bắt buộc; cần trường nào thì xóa dấu # ở đầu các dòng của trường ấy."
    return "\n".join(["---", *required, *status, intro, *optional, "---", "", ""])


def _hint(field: FormField, site: Site) -> str:
    words = f"{field.title}: {field.hint}".rstrip("…") if field.hint and not field.fields else field.title
    choices = choices_of(field.choices, site) if field.choices else ()
    if not choices or len(choices) > _MANY:
        return f"{words}. Ví dụ: {field.example}" if field.example else f"{words}."
    listed = "; ".join(value if value == name else f"{value} ({name})" for value, name in choices)
    return f"{words}. Một trong: {listed}"


def _commented(field: FormField, site: Site) -> Iterator[str]:
    yield f"# – {_hint(field, site)}"
    if field.many and not field.fields:
        yield f"# {field.name}: {field.example or '[…]'}"
    else:
        yield from (f"# {line}" for line in written_fields({field.name: _example(field)}))


def _example(field: FormField) -> Value:
    """Return a value to edit; a group has its required fields and its examples."""
    example: Value = field.example.strip('"') or "…"
    if field.fields:
        example = {inner.name: _example(inner) for inner in field.fields if inner.required or inner.example}
    return [example] if field.many else example
