"""Writing in the body of the web editor: letters, buttons, saving on the way."""

import pytest
from editor_desk import Desk, until
from playwright.sync_api import expect


def test_letters_stay_where_they_are_typed(desk: Desk):
    """In the middle, letter by letter or composed; and all of it can be taken back."""
    desk.open("trang/entries/gioi-thieu")
    before = desk.body.input_value()

    def go(place: int) -> None:
        desk.body.evaluate("(area, place) => { area.focus(); area.setSelectionRange(place, place); }", place)

    go(6)
    desk.page.keyboard.type("RẤT VUI ", delay=20)
    expect(desk.body).to_have_value(f"{before[:6]}RẤT VUI {before[6:]}")
    desk.page.keyboard.press("Backspace")
    desk.page.keyboard.press("Backspace")
    expect(desk.body).to_have_value(f"{before[:6]}RẤT VU{before[6:]}")
    for _ in range(20):
        desk.page.keyboard.press("Control+z")
    expect(desk.body).to_have_value(before)
    go(6)
    typist = desk.page.context.new_cdp_session(desk.page)
    for word in ("d", "đ", "đư", "đươ", "đươn", "được"):
        typist.send("Input.imeSetComposition", {"text": word, "selectionStart": len(word), "selectionEnd": len(word)})
        desk.page.wait_for_timeout(30)
    typist.send("Input.insertText", {"text": "được "})
    expect(desk.body).to_have_value(f"{before[:6]}được {before[6:]}")
    desk.page.wait_for_timeout(300)
    expect(desk.body).to_have_value(f"{before[:6]}được {before[6:]}")


@pytest.mark.parametrize(
    ("text", "button", "typed", "shown", "again"),
    [
        ("", "Đậm", "quan trọng", "**quan trọng**", "quan trọng"), ("chữ", "Nghiêng", "", "*chữ*", "chữ"), ("", "Tiêu đề", "Mục", "## Mục", "Mục"),
        ("một\n\nhai", "Danh sách", "", "- một\n\n- hai", "một\n\nhai"), ("- một\n- hai", "Đánh số", "", "1. một\n1. hai", "một\nhai"),
        ("lời", "Trích dẫn", "", "> lời", "lời"), ("chữ", "Bảng", "", "chữ\n\n| Cột một | Cột hai |\n| --- | --- |\n| | |\n", None),
    ],
)  # fmt: skip
def test_a_button_writes_and_takes_away(desk: Desk, text, button, typed, shown, again):
    desk.open("trang/new")
    desk.body.fill(text)
    desk.body.press("Control+a")
    press = desk.page.get_by_role("button", name=button, exact=True)
    press.click()
    desk.page.keyboard.type(typed)
    expect(desk.body).to_have_value(shown)
    if again is not None:
        desk.body.evaluate(
            "(area, typed) => typed && area.setSelectionRange(area.value.indexOf(typed), area.value.indexOf(typed) + typed.length)",
            typed,
        )
        press.click()
        expect(desk.body).to_have_value(again)
    for _ in range(30):
        desk.page.keyboard.press("Control+z")
    assert desk.body.input_value() in {"", text}


@pytest.mark.parametrize(
    ("text", "select", "button", "shown"),
    [
        ("một\nhai\nba", "hai", "Danh sách", "một\n\n- hai\n\nba"), ("- một\nhai\n- ba", "hai", "Danh sách", "- một\n- hai\n- ba"),
        ("**chữ**", "chữ", "Nghiêng", "***chữ***"), ("***chữ***", "chữ", "Nghiêng", "**chữ**"), ("> một\nhai", "hai", "Trích dẫn", "> một\n> hai"),
    ],
)  # fmt: skip
def test_a_button_minds_what_stands_beside(desk: Desk, text, select, button, shown):
    desk.open("trang/new")
    desk.body.fill(text)
    desk.body.evaluate(
        "(area, words) => area.setSelectionRange(area.value.indexOf(words), area.value.indexOf(words) + words.length)", select
    )
    desk.page.get_by_role("button", name=button, exact=True).click()
    expect(desk.body).to_have_value(shown)


def test_who_saves_by_a_key_goes_on_typing(desk: Desk):
    desk.open("trang/entries/nguon-tin")
    before, commits = desk.body.input_value(), desk.commits()
    desk.body.press("Control+End")
    desk.page.keyboard.type(" Một")
    desk.page.keyboard.press("Control+s")
    desk.page.keyboard.type(" hai ba bốn năm sáu bảy tám", delay=40)
    expect(desk.body).to_have_value(f"{before} Một hai ba bốn năm sáu bảy tám")
    until(lambda: len(desk.commits()) == len(commits) + 1)
    expect(desk.page.get_by_role("button", name="Lưu", exact=True)).to_be_enabled()
    desk.page.keyboard.press("Control+s")
    until(lambda: len(desk.commits()) == len(commits) + 2)
    assert (desk.content / "trang/nguon-tin.md").read_text("utf-8").endswith(" Một hai ba bốn năm sáu bảy tám\n")
    expect(desk.body).to_have_value(f"{before} Một hai ba bốn năm sáu bảy tám")
