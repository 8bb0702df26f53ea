"""Make the text of a new content file; optional fields are comments."""

from collections.abc import Iterator, Mapping

from chuyendoiso.authoring.forms import FormField, choices_of, form_of
from chuyendoiso.authoring.yaml_writer import Value, written_fields
from chuyendoiso.model.site import Site
from chuyendoiso.model.vocabulary import Kind

# Fields that a new item does not need, or whose default is nearly always right
_LATER = {"withdrawn_reason", "slug", "modified", "change_note", "corrections", "pinned_until", "aliases", "zalo", "lang", "status"}
_MANY = 12  # choices in a comment; the guide lists longer ones


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
