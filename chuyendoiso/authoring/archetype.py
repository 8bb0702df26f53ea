"""A new content file as text: what is known is filled in, what must be is asked for, what may be stands by as comments. Pure."""

from collections.abc import Iterator, Mapping

from chuyendoiso.authoring.forms import FormField, choices_of, form_of
from chuyendoiso.authoring.yaml_writer import Value, written_fields
from chuyendoiso.model.site import Site
from chuyendoiso.model.vocabulary import Kind

# Fields that nobody fills in on the first day, and those with a value that is right for nearly all
_LATER = {"withdrawn_reason", "slug", "modified", "change_note", "corrections", "pinned_until", "aliases", "zalo", "lang", "status"}
_MANY = 12  # choices that a comment names; of more, the guide has the list


def make_archetype(kind: Kind, known: Mapping[str, str], site: Site) -> str:
    """Return a draft with the values that are known; each other required field is left empty, which the checks tell by its line."""
    form = form_of(kind)
    lines = ["---"]
    for field in form:
        if field.required or field.name in known:
            lines += [f"# {_hint(field, site)}", f"{field.name}: {known[field.name]}" if field.name in known else f"{field.name}:"]
    lines += ["# Bản nháp chưa lên trang. Viết xong thì xóa dòng dưới.", "status: draft"]
    lines += ["# Những trường sau không bắt buộc; cần trường nào thì xóa dấu # ở đầu các dòng của trường ấy."]
    for field in form:
        if not field.required and field.name not in _LATER and field.name not in known:
            lines += _commented(field, site)
    return "\n".join([*lines, "---", "", ""])


def _hint(field: FormField, site: Site) -> str:
    words = f"{field.title}: {field.hint}".rstrip("…") if field.hint and not field.fields else field.title
    choices = choices_of(field.choices, site) if field.choices else ()
    if not choices or len(choices) > _MANY:
        return f"{words}." if not field.example else f"{words}. Ví dụ: {field.example}"
    listed = "; ".join(value if value == name else f"{value} ({name})" for value, name in choices)
    return f"{words}. Một trong: {listed}"


def _commented(field: FormField, site: Site) -> Iterator[str]:
    yield f"# – {_hint(field, site)}"
    if field.many and not field.fields:
        yield f"# {field.name}: {field.example or '[…]'}"
        return
    for line in written_fields({field.name: [_example(field)] if field.many else _example(field)}):
        yield f"# {line}"


def _example(field: FormField) -> Value:
    """Return a value to write over: of a group, the fields that it must have and those with an example."""
    if not field.fields:
        return field.example.strip('"') or "…"
    return {one.name: [_example(one)] if one.many else _example(one) for one in field.fields if one.required or one.example}
