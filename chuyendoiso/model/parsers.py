"""Parse the text of fields: dates, numbers, words, addresses. Raises Invalid.

`model.item_fields` says which field has which parser.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any
from unicodedata import decimal, normalize
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from chuyendoiso.model.suggestions import nearest
from chuyendoiso.model.urls import PAGE_ENDINGS
from chuyendoiso.model.vietnamese import fold, slugify, unify_tones
from chuyendoiso.model.vocabulary import DOCUMENT_TYPES, EditorStatus

GIT_HOSTS = ("gitlab", "gitea", "forgejo")
FIRST_YEAR, LAST_YEAR = 1900, 2200  # a date outside is a slip of the keyboard


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


def limited(limit: int) -> Callable[[str], str]:
    """Return a check that text has at most `limit` characters."""

    def check(text: str) -> str:
        if len(text) > limit:
            message = f'{{label}} "{text[:40]}…" dài {len(text)} ký tự, tối đa {limit}.'
            raise Invalid("too-long", message, f"rút gọn còn không quá {limit} ký tự.")
        return text

    return check


def parse_slug(value: Any) -> str:
    """Return a slug: words of a-z and 0-9 joined by hyphens, ≤ 100 characters."""
    text = parse_text(value)
    if text != slugify(text) or len(text) > 100:
        suggestion = slugify(text)[:100].strip("-") or "bai-viet"
        message = f'{{label}} "{text}" không dùng được trong địa chỉ trang.'
        raise Invalid("invalid-slug", message, f"chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối: {suggestion}.")
    return text


def parse_tag(value: Any) -> str:
    """Return a tag with its tones placed the old way; it must have a slug."""
    tag = unify_tones(parse_text(value))
    if not slugify(tag):
        raise Invalid("invalid-tag", f'{{label}} "{tag}" không có chữ hoặc số nào.', "dùng từ có chữ hoặc số.")
    return limited(60)(tag)


def parse_known(value: Any, known: tuple[str, ...], name: str) -> str:
    """Return an id that site.yml lists under `name`."""
    text = parse_text(value)
    if text in known:
        return text
    close = nearest(text, known)
    remedy = f"có phải là {close}?" if close else f"dùng một trong: {', '.join(known) or '(site.yml chưa có mục nào)'}."
    message = f'{{label}} "{text}" không có trong mục {name} của site.yml.'
    raise Invalid(f"unknown-{name.removesuffix('s')}", message, remedy)


def parse_address(value: Any) -> str:
    """Return an http(s) address with a host, without white space or a user name."""
    text = parse_text(value)
    try:
        parts = urlsplit(text)
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"[\s<>\"'\\“”‘’]", text)
        fine = fine and parts.port != 0  # a port that is no number raises
    except ValueError:
        fine = False
    if not fine:
        bare = _unquoted(text)
        remedy = f"bỏ dấu nháy: {bare}." if bare != text and bare.startswith("http") else "ghi đầy đủ, bắt đầu bằng https://."
        if re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", text, re.IGNORECASE):
            remedy = f"ghi https://{text}."
        raise Invalid("invalid-url", f'{{label}} "{text}" không phải địa chỉ web.', remedy)
    if "@" in parts.netloc:
        user = parts.netloc.rpartition("@")[0]  # may hold a password, which a log should not
        message = f'{{label}} "{text.replace(user, "…", 1)}" có tên người dùng trước dấu @, dễ làm người đọc nhầm sang trang khác.'
        raise Invalid("invalid-url", message, f"bỏ phần tới dấu @: {text.replace(f'{user}@', '', 1)}.")
    return text


def parse_site_address(value: Any) -> str:
    """Return the site's address: an ASCII host and at most a path."""
    text = parse_address(value)
    parts = urlsplit(text)
    if parts.query or parts.fragment or not text.isascii() or re.search(r"[?#]|//|/\.\.?(?:/|$)", text.partition("://")[2]):
        message = f'{{label}} "{text}" chỉ được có tên miền và đường dẫn, viết không dấu.'
        raise Invalid("invalid-url", message, "bỏ phần từ dấu ? hoặc # trở đi; tên miền có dấu thì ghi dạng xn--.")
    return text


def _unquoted(text: str) -> str:
    """Return a value without a word processor's quotation marks."""
    return text.strip("“”„‘’‚«»\"' ")


def parse_email(value: Any) -> str:
    """Return an e-mail address."""
    text = parse_text(value)
    if not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]+", text):
        raise Invalid("invalid-email", f'{{label}} "{text}" không phải địa chỉ thư điện tử.', "ghi dạng ten@tenmien.vn.")
    return text


def parse_alias(value: Any) -> str:
    """Return a former path as a browser shows it: `/Pages/tin.aspx`, `/tin/cu/`.

    A folder ends with a slash; `index.html` is its folder. White space, `.`, `..` and queries are refused.
    """
    text = normalize("NFC", unquote(parse_text(value)))
    path = re.sub(r"/index\.html?\Z", "/", text)
    if not path.lower().endswith(("/", *PAGE_ENDINGS)):
        path += "/"
    if re.search(r"[?#]", text):
        remedy = "bỏ phần từ dấu ? hoặc # trở đi; trang tĩnh không phân biệt được các địa chỉ chỉ khác phần ấy."
        raise Invalid("invalid-alias", f'{{label}} "{text}" có dấu ? hoặc #.', remedy)
    if (
        not re.fullmatch(r"/(?:[\w~.-]{1,100}/){0,10}(?:[\w~.-]{1,100})?", path)
        or path == "/"
        or re.search(r"/(?:\.\.?|index\.html)(?:/|\Z)|\ufffd", path)
    ):
        message = f'{{label}} "{text}" không phải đường dẫn cũ của trang.'
        remedy = (
            "ghi phần sau tên miền, bắt đầu bằng dấu /, không có dấu cách, ví dụ /tin-tuc/2026/duong-dan-cu/ hoặc /tin/cu.html."
        )
        raise Invalid("invalid-alias", message, remedy)
    return path


def parse_media(value: Any) -> str:
    """Return the path of a file under content/media/, as `media/…`."""
    text = parse_text(value)
    for prefix in ("{static}", "{filename}"):
        text = text.removeprefix(prefix)
    if not text.startswith("/media/") or "/../" in f"{text}/" or "/./" in f"{text}/" or "\\" in text:
        message = f'{{label}} "{text}" không nằm trong content/media/.'
        raise Invalid(
            "outside-media", message, f"đặt tệp vào content/media/ và ghi /media/{text.replace(chr(92), '/').split('/')[-1]}."
        )
    return text.removeprefix("/")


# ── dates, numbers, words ───────────────────────────────────────────────────────────────────────────────────────────────

_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)
_CLOCK = re.compile(
    r"(?:lúc\s+)?(?P<hour>\d{1,2})\s*(?:(?::\s*(?P<exact>\d{2}))|(?:h|g|giờ)\s*(?:(?P<minute>\d{1,2})\s*(?:phút|p)?)?)\s*(?P<part>am|pm|sáng|trưa|chiều|tối)?",
    re.IGNORECASE,
)


def _read_clock(text: str) -> str | None:
    """Return a time as `08:30`, from `8h30`, `8 giờ 30 phút`, `2h chiều` …, or None."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return None
    hour, minute = int(found["hour"]), int(found["exact"] or found["minute"] or 0)
    part = (found["part"] or "").lower()
    if part in {"pm", "chiều", "tối"} and hour < 12:
        hour += 12
    elif part == "am" and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _with_read_clock(text: str) -> str:
    """Return a day and a time with the time as `08:30`, where it can be read as one."""
    found = re.fullmatch(r"(\d[\d/.–-]{5,9})[T\s,]+(.+)", text)
    clock = _read_clock(found[2]) if found else None
    return f"{found[1]} {clock}" if found and clock else text


_DAY_FIRST = re.compile(r"(\d{1,2})[/.–-](\d{1,2})[/.–-](\d{4})(.*)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.–-](\d{1,2})[/.–-](\d{1,2})(.*)", re.ASCII)


def _invalid_date(text: str, *, clock: bool) -> Invalid:
    """Return the error of a date (with `clock`: and time), with a suggestion."""
    example = "ghi theo thứ tự năm-tháng-ngày, ví dụ 2025-02-28."
    plain = _unquoted("".join(str(decimal(character, character)) for character in text))
    if plain != text and re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", plain):
        return Invalid("invalid-date", f'{{label}} "{text}" có dấu nháy cong hoặc chữ số lạ.', f"ghi {plain}.")
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3))):
        if not (found := pattern.fullmatch(text)):
            continue
        year, month, day = (int(found[group]) for group in order)
        try:
            meant = date(year, month, day)
        except ValueError:
            return Invalid("invalid-date", f'{{label}} "{text}" không tồn tại.', example)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return Invalid("invalid-date", f'{{label}} "{text}" nằm ngoài các năm {FIRST_YEAR}–{LAST_YEAR}.', example)
        rest = _with_read_clock(text)[len(text) - len(found[4]) :] if found[4] else ""
        if rest and not clock:
            return Invalid("invalid-date", f'{{label}} "{text}" chỉ nhận ngày, không có giờ.', f"ghi {meant.isoformat()}.")
        if rest and not re.fullmatch(r"[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?", rest):
            remedy = f"ghi giờ và phút, ví dụ {meant.isoformat()} 08:00."
            return Invalid("invalid-date", f'{{label}} "{text}" có giờ không hợp lệ.', remedy)
        message = f'{{label}} "{text}" viết không theo thứ tự năm-tháng-ngày.'
        return Invalid("invalid-date", message, f"ghi {meant.isoformat()}{rest}.")
    if re.fullmatch(r"\d{4}(-\d{2})?", text):
        return Invalid("invalid-date", f'{{label}} "{text}" thiếu ngày, tháng.', "ghi đủ năm-tháng-ngày, ví dụ 2025-02-28.")
    return Invalid("invalid-date", f'{{label}} "{text}" không phải ngày, giờ hợp lệ.', example)


def rewritten_date(text: str) -> str | None:
    """Return a date as year-month-day if it is unambiguous (31/12, not 05/04)."""
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3))):
        if not (found := pattern.fullmatch(text)):
            continue
        year, month, day = (int(found[group]) for group in order)
        if pattern is _DAY_FIRST and day <= 12 and day != month:
            return None
        try:
            meant = f"{date(year, month, day).isoformat()}{found[4] and _with_read_clock(text)[len(text) - len(found[4]) :]}"
        except ValueError:
            return None
        return meant if meant != text and _INSTANT.fullmatch(meant) else None
    return None


def parse_instant(value: Any, zone: tzinfo) -> datetime:
    """Return an instant, in `zone` if it names none; a day alone is its first minute."""
    text = parse_text(value)
    found = _INSTANT.fullmatch(text) or _INSTANT.fullmatch(_with_read_clock(text))
    if not found:
        if clock_alone := _read_clock(text):
            message = f'{{label}} "{text}" chỉ có giờ, thiếu ngày.'
            raise Invalid("invalid-date", message, f"ghi cả ngày lẫn giờ, ví dụ 2026-12-10 {clock_alone}.")
        raise _invalid_date(text, clock=True)
    try:
        day = date.fromisoformat(found[1])
        clock = time.fromisoformat(f"{found[2] or '00:00'}:{found[3] or '00'}")
        written = datetime.fromisoformat(f"2000-01-01T00:00:00{found[4]}").tzinfo if found[4] else zone
    except ValueError:
        raise _invalid_date(text, clock=True) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _invalid_date(text, clock=True)
    instant = datetime.combine(day, clock, written).astimezone(UTC).astimezone(zone)
    if found[2] and not found[4] and instant.time() != clock:
        raise _no_such_hour(text, instant)
    return instant


def _no_such_hour(text: str, instant: datetime) -> Invalid:
    """Return the problem of an hour that clocks skip, as summer time begins."""
    message = f'{{label}} "{text}" không có: đồng hồ ở {instant.tzinfo} hôm ấy được vặn tới, bỏ qua giờ này.'
    return Invalid("no-such-hour", message, f"ghi giờ khác, ví dụ {instant:%Y-%m-%d %H:%M}.")


def parse_day(value: Any) -> date:
    """Return a day written `2026-12-31`."""
    text = parse_text(value)
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _invalid_date(text, clock=False)
    return day


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
    """Return what `true` or `false` says."""
    text = parse_text(value)
    if text not in {"true", "false"}:
        raise Invalid("invalid-switch", f'{{label}} "{text}" không phải true hoặc false.', "ghi true (có) hoặc false (không).")
    return text == "true"


def parse_minutes(value: Any) -> int:
    """Return the minutes of a duration written `45m`, `1h` or `1h30m`."""
    text = parse_text(value)
    found = re.fullmatch(r"(?:([0-9]{1,3})h)?(?:([0-9]{1,4})m)?", text)
    if not found or not any(found.groups()):
        raise Invalid("invalid-duration", f'{{label}} "{text}" không phải thời lượng.', "ghi 45m, 1h hoặc 1h30m.")
    return int(found[1] or 0) * 60 + int(found[2] or 0)


def parse_clock(value: Any) -> str:
    """Return a time of day as `14:00`; `14h`, `8h30` and `8:30` are understood."""
    text = parse_text(value)
    clock = _read_clock(text)
    if clock is None:
        raise Invalid("invalid-time", f'{{label}} "{text}" không phải giờ trong ngày.', 'ghi giờ và phút, ví dụ "14:00".')
    return clock


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
    if text in DOCUMENT_TYPES:
        return text
    close = nearest(text, DOCUMENT_TYPES)
    remedy = f"có phải là {close}?" if close else f"dùng một trong: {', '.join(DOCUMENT_TYPES)}."
    raise Invalid("unknown-document-type", f'{{label}} "{text}" không có trong danh mục loại văn bản.', remedy)


_STATUS_WORDS = {
    **dict.fromkeys(("nhap", "ban nhap", "chua dang", "dang soan"), "draft"),
    **dict.fromkeys(("dang", "da dang", "xuat ban", "da xuat ban", "cong khai", "publish"), "published"),
    **dict.fromkeys(("go", "da go", "go bai", "thu hoi", "da thu hoi", "rut", "da rut"), "withdrawn"),
}


def parse_status(value: Any) -> EditorStatus:
    """Return draft, published or withdrawn."""
    text = parse_text(value)
    if text not in {status.value for status in EditorStatus}:
        close = _STATUS_WORDS.get(fold(text)) or nearest(text, [status.value for status in EditorStatus])
        remedy = f"có phải là {close}?" if close else "ghi draft, published hoặc withdrawn."
        raise Invalid("unknown-status", f'{{label}} "{text}" không có.', remedy)
    return EditorStatus(text)


def parse_language(value: Any) -> str:
    """Return a language tag such as `vi` or `en-GB`."""
    text = parse_text(value)
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise Invalid("invalid-language", f'{{label}} "{text}" không phải mã ngôn ngữ.', "ghi mã như vi hoặc en.")
    return text


def parse_timezone(value: Any) -> str:
    """Return the name of a zone of the IANA database."""
    text = parse_text(value)
    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):
        raise Invalid("invalid-timezone", f'{{label}} "{text}" không có.', "ghi tên như Asia/Ho_Chi_Minh.") from None
    return text


def parse_feed_authority(value: Any) -> str:
    """Return the authority of tag URIs (RFC 4151): domain, comma, year or day."""
    text = parse_text(value)
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*\.[a-z0-9-]+,[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", text):
        message = f'{{label}} "{text}" không có dạng tên miền,năm.'
        raise Invalid("invalid-feed-authority", message, "ghi tên miền và năm bắt đầu dùng, ví dụ tinh.gov.vn,2026.")
    return text


def listed(value: Any) -> Any:
    """Refuse text where a list is due."""
    if isinstance(value, list):
        return value
    if value == "":
        raise Invalid("empty-field", "{label} để trống.", "ghi các mục trong ngoặc vuông.", or_delete=True)
    items = ", ".join(part.strip() for part in str(value).split(",")) if isinstance(value, str) and value else "mục một, mục hai"
    raise Invalid("wrong-type", "{label} phải là danh sách.", f"đặt các mục trong ngoặc vuông: [{items}].")


def some(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Refuse an empty list."""
    if not values:
        raise Invalid("empty-field", "{label} để trống.", "ghi ít nhất một mục.")
    return values


def few(limit: int) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """Return a check that a list has at most `limit` entries."""

    def check(values: tuple[Any, ...]) -> tuple[Any, ...]:
        if len(values) > limit:
            raise Invalid("too-many", f"{{label}} có {len(values)} mục, tối đa {limit}.", f"giữ không quá {limit} mục cần nhất.")
        return values

    return check


def mapped(value: Any) -> Any:
    """Refuse text or a list where a group of fields is due."""
    if isinstance(value, dict):
        return value
    if value == "":
        raise Invalid("empty-field", "{label} để trống.", "ghi các trường con thụt vào bên dưới.", or_delete=True)
    raise Invalid("wrong-type", "{label} phải là một nhóm trường.", "ghi các trường con bên dưới, mỗi trường một dòng thụt vào.")


def parse_git_host(value: Any) -> str:
    """Return the kind of a Git host that supports OAuth with PKCE (RFC 7636)."""
    text = parse_text(value)
    if text not in GIT_HOSTS:
        raise Invalid(
            "git-host", f'{{label}} "{text}" không dùng được cho trang biên tập.', f"dùng một trong: {', '.join(GIT_HOSTS)}."
        )
    return text


def parse_host(value: Any) -> str:
    """Return a host name in lower-case ASCII (RFC 5890), without scheme and port."""
    text = parse_text(value)
    label = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
    if len(text) > 253 or not re.fullmatch(rf"(?:{label}\.)+(?!\d+$){label}", text.lower()):
        message = f'{{label}} "{text}" không phải tên miền.'
        raise Invalid("invalid-host", message, "chỉ ghi tên miền, bỏ https:// và phần sau tên miền, ví dụ phat.tinh.gov.vn.")
    return text.lower()
