"""Holds that lists are stable: every item once, heads of bounded length, and full pages that never change."""

import pytest

from chuyendoiso.model.vietnamese import format_minutes
from chuyendoiso.outputs.pages.lists import PAGE_SIZE, ListSheet, sheets

HEAD = "/chu-de/xa-hoi-so/"


def cut(count):
    """Cut a list of numbers, newest (the largest) first."""
    return list(sheets(HEAD, range(count, 0, -1)))


@pytest.mark.parametrize("count", range(61))
def test_every_item_is_listed_once_in_order(count):
    assert list(range(count, 0, -1)) == [item for sheet in cut(count) for item in sheet.items]


@pytest.mark.parametrize("count", range(61))
def test_the_head_is_of_bounded_length_and_other_pages_are_full(count):
    head, *pages = cut(count)
    assert len(head.items) == count if count < 2 * PAGE_SIZE else PAGE_SIZE <= len(head.items) <= 2 * PAGE_SIZE - 1
    assert {len(page.items) for page in pages} <= {PAGE_SIZE}


@pytest.mark.parametrize("count", range(61))
def test_pages_are_numbered_from_the_oldest_and_linked_both_ways(count):
    head, *pages = cut(count)
    numbers = list(range(len(pages), 0, -1))
    assert (head.path, head.number, head.newer) == (HEAD, None, None)
    assert [(number, f"{HEAD}trang-{number}/") for number in numbers] == [(page.number, page.path) for page in pages]
    paths = [HEAD, *(page.path for page in pages)]
    assert [None, *paths[:-1]] == [sheet.newer for sheet in (head, *pages)]
    assert [*paths[1:], None] == [sheet.older for sheet in (head, *pages)]


@pytest.mark.parametrize("count", range(61))
def test_one_new_item_changes_the_head_alone_or_adds_one_full_page(count):
    before = {sheet.path: sheet.items for sheet in cut(count)}
    after = {sheet.path: sheet.items for sheet in cut(count + 1)}
    added = set(after) - set(before)
    assert {HEAD} | added == {path for path in after if after[path] != before.get(path)}
    assert added in (set(), {f"{HEAD}trang-{len(before)}/"})
    assert set(before) <= set(after)


@pytest.mark.parametrize("count", range(60))
def test_one_new_item_changes_nothing_of_a_page_but_the_link_of_the_newest(count):
    before = {sheet.path: sheet for sheet in cut(count) if sheet.number}
    after = {sheet.path: sheet for sheet in cut(count + 1) if sheet.number}
    changed = {path for path, sheet in before.items() if after[path] != sheet}
    assert changed <= {f"{HEAD}trang-{len(before)}/"}


def test_an_empty_list_is_one_empty_page():
    assert cut(0) == [ListSheet(HEAD, (), None, None, None)]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(5, "5 phút"), (45, "45 phút"), (60, "1 giờ"), (90, "1 giờ 30 phút"), (120, "2 giờ"), (1501, "25 giờ 1 phút")],
)
def test_durations(minutes, expected):
    assert expected == format_minutes(minutes)
