"""Parse the text of fields: dates, numbers, words, addresses. Raises Invalid.

`model.item_fields` says which field has which parser.
"""

import re
from collections.abc import Callable, Collection
from typing import Any

from chuyendoiso.model.suggestions import nearest
from chuyendoiso.model.vietnamese import fold, slugify, unify_tones
from chuyendoiso.model.vocabulary import DOCUMENT_TYPES, EditorStatus


class Invalid(ValueError):
    """A value that a field cannot have; `{label}` in the message is the field's name.

    `at` locates the error of a group of fields. With `or_delete` the remedy offers to delete the field, if it is optional.
    """

    def __init__(self, rule: str, message: str, remedy: str, at: str | None = None, *, or_delete: bool = False) -> None:
        self.rule, self.message, self.remedy, self.at, self.or_delete = rule, message, remedy, at, or_delete
        super().__init__(message)


# ── text ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def parse_text(value: Any) -> str:
    """Return one line of text; runs of white space become one space."""
    if isinstance(value, dict):
        remedy = "ghi giá trị trên một dòng; chữ có dấu ngoặc nhọn thì đặt trong dấu nháy."
        raise Invalid("wrong-type", "{label} phải là một dòng chữ.", remedy)
    if not isinstance(value, str):
        raise Invalid("wrong-type", "{label} phải là một dòng chữ.", "ghi giá trị trên một dòng, không dùng danh sách.")
    text = " ".join(value.split())
    if not text:
        raise Invalid("empty-field", "{label} để trống.", "ghi giá trị.", or_delete=True)
    return text


def max_length(limit: int) -> Callable[[str], str]:
    """Return a validator: a text has at most `limit` characters."""

    def check(text: str) -> str:
        if len(text) > limit:
            message = f'{{label}} "{text[:40]}…" dài {len(text)} ký tự, tối đa {limit}.'
            raise Invalid("too-long", message, f"rút gọn còn không quá {limit} ký tự.")
        return text

    return check


def require_words(text: str) -> str:
    """Return a text as it is; raise Invalid if it has no letter or digit."""
    if not slugify(text):
        raise Invalid("no-words", f'{{label}} "{text}" không có chữ nào.', "viết bằng lời.")
    return text


def parse_reason(value: Any) -> str:
    """Return a reason in words; `true` is none."""
    text = parse_text(value)
    if text.casefold() in {"true", "false", "yes", "no", "có", "không"} or not slugify(text):
        raise Invalid("no-words", f'{{label}} "{text}" không phải một lý do.', "ghi lý do bằng lời, cho người đọc.")
    return text


def parse_phone(value: Any) -> str:
    """Return one telephone number: 3 to 15 digits (ITU-T E.164), perhaps after a plus."""
    text = parse_text(value)
    if not re.fullmatch(r"\+?\(?[0-9](?:[ .()-]{0,2}[0-9]){2,14}", text):
        remedy = "ghi một số: chữ số, dấu cách, dấu chấm; máy lẻ và số thứ hai thì ghi ở trang giới thiệu."
        raise Invalid("invalid-phone", f'{{label}} "{text}" không phải một số điện thoại.', remedy)
    return text


def parse_tag(value: Any) -> str:
    """Return a tag with its tones placed the old way; it must have a slug."""
    tag = unify_tones(parse_text(value))
    if not slugify(tag):
        raise Invalid("invalid-tag", f'{{label}} "{tag}" không có chữ hoặc số nào.', "dùng từ có chữ hoặc số.")
    return max_length(60)(tag)


def parse_known(value: Any, known: tuple[str, ...], name: str) -> str:
    """Return an id that site.yml lists under `name`."""
    text = parse_text(value)
    if text not in known:
        message = f'{{label}} "{text}" không có trong mục {name} của site.yml.'
        raise Invalid(f"unknown-{name.removesuffix('s')}", message, _choices(text, known))
    return text


def parse_choice(value: Any, choices: Collection[str]) -> str:
    """Return one of the ids of a closed list."""
    text = parse_text(value)
    if text not in choices:
        raise Invalid("unknown-choice", f'{{label}} "{text}" không có.', _choices(text, choices))
    return text


def _choices(text: str, known: Collection[str]) -> str:
    """Return the remedy for an unknown word: the nearest known one, or all of them."""
    close = nearest(text, known)
    return f"có phải là {close}?" if close else f"dùng một trong: {', '.join(known) or '(site.yml chưa có mục nào)'}."


def unquoted(text: str) -> str:
    """Return a value without a word processor's quotation marks."""
    return text.strip("“”„‘’‚«»\"' ")


# ── dates, numbers, words ───────────────────────────────────────────────────────────────────────────────────────────────


def parse_count(value: Any) -> int:
    """Return a whole number of at least 0, written in digits alone."""
    text = parse_text(value)
    if re.fullmatch(r"[0-9]{13,}", text):
        raise Invalid("invalid-number", f'{{label}} "{text}" quá lớn.', "xem lại, số có tối đa 12 chữ số.")
    if not re.fullmatch(r"[0-9]{1,12}", text):
        raise Invalid("invalid-number", f'{{label}} "{text}" không phải số nguyên.', "chỉ ghi chữ số, ví dụ 22780.")
    return int(text)


def parse_limit(value: Any) -> int:
    """Return a limit: a whole number of at least 1."""
    count = parse_count(value)
    if count == 0:
        raise Invalid("invalid-number", '{label} "0" không dùng được.', "ghi số lớn hơn 0, hoặc xóa dòng này.")
    return count


def parse_seconds(value: Any) -> int:
    """Return a time limit in seconds, at most an hour: a timer knows no longer ones."""
    seconds = parse_limit(value)
    if seconds > 3600:
        raise Invalid("invalid-number", f'{{label}} "{seconds}" dài quá một giờ.', "ghi số giây từ 1 đến 3600.")
    return seconds


def parse_switch(value: Any) -> bool:
    """Return whether the text is `true`; only `true` and `false` are allowed."""
    text = parse_text(value)
    if text not in {"true", "false"}:
        raise Invalid("invalid-switch", f'{{label}} "{text}" không phải true hoặc false.', "ghi true (có) hoặc false (không).")
    return text == "true"


def parse_document_number(value: Any) -> str:
    """Return a document's number: `749/QĐ-TTg`, `42/2022/NĐ-CP`, `09-NQ/TU`."""
    text = parse_text(value)
    if not re.fullmatch(r"[0-9]{1,11}[a-zA-Z]?[/-][^\s/][^\s]{0,40}", text):
        message = f'{{label}} "{text}" không có dạng số và ký hiệu.'
        raise Invalid("invalid-document-number", message, "ghi liền, không có dấu cách, ví dụ 749/QĐ-TTg.")
    return text


def parse_document_type(value: Any) -> str:
    """Return one of the types of document in force."""
    text = parse_text(value)
    if text not in DOCUMENT_TYPES:
        message = f'{{label}} "{text}" không có trong danh mục loại văn bản.'
        raise Invalid("unknown-document-type", message, _choices(text, DOCUMENT_TYPES))
    return text


_STATUS_WORDS = {
    **dict.fromkeys(("nhap", "ban nhap", "chua dang", "dang soan"), "draft"),
    **dict.fromkeys(("dang", "da dang", "xuat ban", "da xuat ban", "cong khai", "publish"), "published"),
    **dict.fromkeys(("go", "da go", "go bai", "thu hoi", "da thu hoi", "rut", "da rut"), "withdrawn"),
}


def parse_status(value: Any) -> EditorStatus:
    """Return draft, published or withdrawn."""
    text = parse_text(value)
    if text not in set(EditorStatus):
        close = _STATUS_WORDS.get(fold(text)) or nearest(text, EditorStatus)
        remedy = f"có phải là {close}?" if close else "ghi draft, published hoặc withdrawn."
        raise Invalid("unknown-status", f'{{label}} "{text}" không có.', remedy)
    return EditorStatus(text)


def parse_language(value: Any) -> str:
    """Return a language tag such as `vi` or `en-GB`."""
    text = parse_text(value)
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise Invalid("invalid-language", f'{{label}} "{text}" không phải mã ngôn ngữ.', "ghi mã như vi hoặc en.")
    return text


def require_list(value: Any) -> Any:
    """Return a list as it is; raise Invalid for anything else."""
    if isinstance(value, list):
        return value
    if value == "":
        raise Invalid("empty-field", "{label} để trống.", "ghi các mục trong ngoặc vuông.", or_delete=True)
    items = ", ".join(map(str.strip, value.split(","))) if isinstance(value, str) else "mục một, mục hai"
    raise Invalid("wrong-type", "{label} phải là danh sách.", f"đặt các mục trong ngoặc vuông: [{items}].")


def require_entries(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a list as it is; raise Invalid if it is empty."""
    if not values:
        raise Invalid("empty-field", "{label} để trống.", "ghi ít nhất một mục.")
    return values


def max_entries(limit: int) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """Return a validator: a list has at most `limit` entries."""

    def check(values: tuple[Any, ...]) -> tuple[Any, ...]:
        if len(values) > limit:
            raise Invalid("too-many", f"{{label}} có {len(values)} mục, tối đa {limit}.", f"giữ không quá {limit} mục cần nhất.")
        return values

    return check


def require_group(value: Any) -> Any:
    """Return a group of fields as it is; raise Invalid for anything else."""
    if isinstance(value, dict):
        return value
    if value == "":
        raise Invalid("empty-field", "{label} để trống.", "ghi các trường con thụt vào bên dưới.", or_delete=True)
    raise Invalid("wrong-type", "{label} phải là một nhóm trường.", "ghi các trường con bên dưới, mỗi trường một dòng thụt vào.")
