"""What follows readers goes from an address, and nothing else."""

import pytest

from chuyendoiso.model.tracking import clean_address, tracked_addresses, without_tracking

CLEANED = {
    "https://a.vn/?utm_source=zalo&utm_medium=x": "https://a.vn/",
    "https://a.vn/b?x=1&fbclid=abc&y=2#k": "https://a.vn/b?x=1&y=2#k",
    "https://a.vn/?fbclid=1&x=2": "https://a.vn/?x=2",
    "https://a.vn/?gclid=1&utm_id=2#b": "https://a.vn/#b",
    "https://a.vn/?x=1&amp;utm_a=2": "https://a.vn/?x=1",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fa.vn%2Fb%3Fx%3D1%26fbclid%3Dz&h=AT0&s=1": "https://a.vn/b?x=1",
    "https://www.google.com/url?sa=t&url=https://b.vn/x&usg=1": "https://b.vn/x",
}


@pytest.mark.parametrize("address", CLEANED)
def test_tracking_is_removed_from_an_address(address):
    assert clean_address(address) == CLEANED[address]
    assert clean_address(CLEANED[address]) == CLEANED[address]


@pytest.mark.parametrize(
    "address", ["https://a.vn/?q=utm_source", "https://a.vn/?", "https://a.vn/utm_source=x", "https://facebook.com/l.php?v=1"]
)
def test_addresses_without_tracking_are_unchanged(address):
    assert clean_address(address) == address


def test_text_around_a_cleaned_address_is_unchanged():
    text = "url: https://a.vn/?utm_a=1, label: x\n[x](https://a.vn/?fbclid=1), <https://b.vn/?utm_b=2>\n(https://c.vn/?utm_c=3.)"
    assert without_tracking(text) == "url: https://a.vn/, label: x\n[x](https://a.vn/), <https://b.vn/>\n(https://c.vn/)"
    assert [line for line, _, _ in tracked_addresses(text)] == [1, 2, 2, 3]
