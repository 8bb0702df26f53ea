"""Two versions of one text are merged; what both changed is reported, never dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuyendoiso.authoring.web_editor.merging import merge

CASES = [
    ("a\nb\nc", "a\nb\nc", "a\nb\nc", "a\nb\nc", ()),
    ("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC", ()),
    ("a\nb\nc", "a\nb\nc\nd", "z\na\nb\nc", "z\na\nb\nc\nd", ()),
    ("a\nb\nc", "a\nc", "a\nb\nc\nd", "a\nc\nd", ()),
    ("a\nb\nc", "a\nX\nc", "a\nX\nc", "a\nX\nc", ()),
    ("a\nb\nc", "a\nX\nc", "a\nY\nc", "a\nX\nc", (("X\n", "Y\n"),)),
    ("a\nb", "a\nb mới", "a\nb\nkhác", "a\nb mới\nkhác", ()),
    ("a\nb", "a\nb\nmới", "a\nb khác", "a\nb khác\nmới", ()),
    ("a\nb", "a\nb\nmới", "a\nb\nkhác", "a\nb\nmới\nkhác", ()),
    ("a", "a\nslug: x", "a\nslug: y", "a\nslug: x", (("slug: x\n", "slug: y\n"),)),
]


@pytest.mark.parametrize(("base", "mine", "theirs", "text", "conflicts"), CASES)
def test_both_sides_changes_are_in_the_merged_text(base, mine, theirs, text, conflicts):
    merged = merge(base, mine, theirs)
    assert (merged.text, merged.conflicts) == (text, conflicts)


LINES = st.lists(st.sampled_from("abcde"), max_size=8).map("\n".join)


@given(LINES, LINES, LINES)
def test_no_line_is_lost(base, mine, theirs):
    """A line of one side is in the merged text, among the conflicts, or was removed by the other."""
    merged = merge(base, mine, theirs)
    shown = set(merged.text.split()) | {line for conflict in merged.conflicts for side in conflict for line in side.split()}
    assert set(mine.split()) | set(theirs.split()) <= shown | set(base.split())


@given(LINES, LINES)
def test_a_side_without_changes_changes_nothing(base, other):
    assert merge(base, base, other).text == merge(base, other, base).text == other.strip()
