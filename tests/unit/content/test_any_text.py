"""Any text at all, from a generator: folds, slugs and order, dates, front matter, files, bodies."""

import re
import string
from datetime import date, datetime, timedelta
from itertools import pairwise
from unicodedata import combining, normalize
from zoneinfo import ZoneInfo

import pytest
from any_text import ANY, PIECES, TEXTS, VIETNAMESE
from hypothesis import example, given
from hypothesis import strategies as st

from chuyendoiso.content.front_matter import Unreadable, parse_fields, read_source, read_text
from chuyendoiso.content.markdown import convert_body
from chuyendoiso.content.yaml_problems import quoted
from chuyendoiso.model.characters import forbidden_in, neutralised
from chuyendoiso.model.date_parsers import parse_day, parse_instant
from chuyendoiso.model.parsers import Invalid, parse_tag, parse_text
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.vietnamese import fold, slugify, sort_key, unify_tones

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


# ── folds, slugs, order ─────────────────────────────────────────────────────────────────────────────────────────────────


@given(ANY)
def test_a_slug_is_plain_ascii_and_its_own_slug(text):
    slug = slugify(text)
    assert slug == slugify(slug) and re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
    assert slug == slugify(normalize("NFD", text)) == slugify(normalize("NFC", text))


@given(st.text(VIETNAMESE + string.ascii_letters + string.digits + " -", max_size=40))
def test_a_fold_of_vietnamese_is_ascii_and_keeps_every_letter(text):
    folded = fold(text)
    assert folded.isascii() and len(folded) == len(normalize("NFC", text)) and folded == fold(folded)


@given(ANY)
def test_a_fold_has_no_marks_and_is_its_own_fold(text):
    folded = fold(text)
    assert folded == fold(folded) and not any(map(combining, folded)) and "đ" not in folded


@given(st.lists(ANY, max_size=8))
def test_the_order_is_total_and_one_whatever_the_order_before(texts):
    ordered, other_way = sorted(texts, key=sort_key), list(reversed(texts))
    other_way.sort(key=sort_key)
    assert ordered == other_way
    assert all(sort_key(text) < sort_key(other) or text == other for text, other in pairwise(ordered))


@given(ANY)
def test_unified_tones_are_unified(text):
    unified = unify_tones(text)
    assert unified == unify_tones(unified) and fold(unified) == fold(text)


# ── dates ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
DATE_LIKE = st.text("0123456789-/.:T Z+٣２“”\u2013", max_size=26) | ANY


@given(DAYS)
def test_a_day_is_read_as_it_was_written(day):
    assert day == parse_day(day.isoformat())
    assert (day.year, day.month, day.day, 0, 0) == parse_instant(day.isoformat(), ZONE).timetuple()[:5]


@given(st.datetimes(datetime(1900, 1, 2), datetime(2200, 12, 30)), st.integers(-24 * 60 + 1, 24 * 60 - 1), st.sampled_from("T "))
def test_an_instant_is_read_as_it_was_written(instant, minutes, between):
    instant = instant.replace(second=0, microsecond=0)
    offset = f"{'+' if minutes >= 0 else '-'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    parsed = parse_instant(f"{instant:%Y-%m-%d}{between}{instant:%H:%M}{offset}", ZONE)
    assert parsed.astimezone(ZoneInfo("UTC")).replace(tzinfo=None) == instant - timedelta(minutes=minutes)


@given(DATE_LIKE)
@example("２０２６-11-20")
@example("2026-11-20T24:00")
def test_any_other_text_is_wrong_and_never_a_crash(text):
    for parse in (parse_day, lambda value: parse_instant(value, ZONE)):
        try:
            parsed = parse(text)
        except Invalid as wrong:
            assert wrong.rule in {"invalid-date", "empty-field"}
        else:
            assert text.split()[0].isascii() and parsed.strftime("%m-%d") is not None


# ── front matter and files ──────────────────────────────────────────────────────────────────────────────────────────────


@given(ANY)
@example('"')
@example("'\\")
def test_a_quoted_value_is_read_back_equal_or_refused(text):
    value = " ".join(text.split())
    try:
        parsed = parse_fields(f"title: {quoted(value)}\n", "x.md").values["title"]
    except Unreadable as unreadable:
        assert {problem.rule for problem in unreadable.problems} <= {"control-character", "yaml-syntax"}
        assert forbidden_in(value)
    else:
        assert " ".join(neutralised(value).split()) == " ".join(parsed.split())


def assert_reported(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        assert re.fullmatch(r"x\.md:\d+: .+ Cách sửa: .+ \[[a-z-]+\]", str(problem)) and problem.line >= 1


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("any") / "x.md"


FRONT = st.lists(st.sampled_from((*PIECES, "\n", "\n- ", "\n  ", "\t", "title: ", "tags: ", "---\n", "? ", "{", "}", "]", ",", "&a", "*a", "!!x ", ">\n", "|\n")), max_size=40)  # fmt: skip


@given(
    st.binary(max_size=80)
    | FRONT.map(lambda parts: ("---\n" + "".join(parts) + "\n---\n").encode())
    | ANY.map(lambda text: text.encode("utf-16-le"))
)
def test_any_bytes_are_parsed_or_reported(file, data):
    file.write_bytes(data)
    for read in (read_text, lambda path, display_path: read_source(path, "tin-tuc/2026/x.md", display_path)):
        try:
            read(file, "x.md")
        except Unreadable as unreadable:
            assert unreadable.problems
            assert_reported(unreadable.problems)


@given(TEXTS)
def test_any_body_is_safe_html_that_a_parser_accepts(body):
    parts = convert_body(neutralised(body)).parts
    markup = "".join(part if isinstance(part, str) else "" for part in parts)
    assert "<script" not in markup.lower() and "javascript:" not in re.sub(r">[^<]*<", "><", markup).lower()


def test_a_tag_keeps_its_letters():
    expected = ["hóa đơn", "hóa đơn", "Thủy", "Nguyễn Hoà"]
    assert expected == [*(parse_tag(tag) for tag in ("hoá đơn", "hóa đơn", "Thuỷ")), parse_text("Nguyễn Hoà")]
