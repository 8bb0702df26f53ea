"""Writing in the body of the web editor: letters, buttons, saving on the way."""

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


TABLE = "| ‹Cột một› | Cột hai |\n| --- | --- |\n| | |"
PRESSED = [  # the text, with what is selected in ‹›, before and after
    ("Đậm", "‹›", "**‹chữ đậm›**"), ("Đậm", "**‹chữ đậm›**", "‹›"), ("Đậm", "Một ‹hai ›ba", "Một **‹hai›** ba"), ("Đậm", "Một h‹›ai ba", "Một **‹hai›** ba"),
    ("Đậm", "**‹một›**", "‹một›"), ("Đậm", "‹**một**›", "‹một›"), ("Nghiêng", "**‹một›**", "***‹một›***"), ("Nghiêng", "***‹một›***", "**‹một›**"),
    ("Đậm", "‹Một.\n\nHai.›", "‹**Một.**\n\n**Hai.**›"), ("Đậm", "‹**Một.**\n\n**Hai.**›", "‹Một.\n\nHai.›"), ("Đậm", "‹- a\n- b›", "‹- **a**\n- **b**›"),
    ("Liên kết", "‹›", "[‹chữ của liên kết›](https://)"), ("Liên kết", "xem ‹đây›", "xem [đây](‹https://›)"), ("Liên kết", "‹https://x.vn/a›", "[‹chữ của liên kết›](https://x.vn/a)"),
    ("Tiêu đề", "‹›", "## ‹Tiêu đề›"), ("Tiêu đề", "Mục m‹›ột", "## Mục m‹›ột"), ("Tiêu đề", "## Mục m‹›ột", "Mục m‹›ột"), ("Tiêu đề", "- ha‹›i", "## ha‹›i"),
    ("Danh sách", "‹một\n\nhai›", "‹- một\n\n- hai›"), ("Danh sách", "‹- một\n\n- hai›", "‹một\n\nhai›"), ("Danh sách", "\n‹›", "\n- ‹mục›"),
    ("Danh sách", "một\nh‹›ai\nba", "một\n\n- h‹›ai\n\nba"), ("Danh sách", "- một\nh‹›ai\n- ba", "- một\n- h‹›ai\n- ba"), ("Danh sách", "- một\n- h‹›ai\n- ba", "- một\n\nh‹›ai\n\n- ba"),
    ("Danh sách", "- a\n  - co‹›n", "- a\n\n  co‹›n"), ("Đánh số", "‹- một\n- hai›", "‹1. một\n1. hai›"), ("Danh sách", "| a‹› |", "| a‹› |"),
    ("Trích dẫn", "> một\nh‹›ai", "> một\n> h‹›ai"), ("Trích dẫn", "l‹›ời", "> l‹›ời"),
    ("Bảng", "‹›", f"{TABLE}\n"), ("Bảng", "M‹›ột\nhai\n\nba", f"Một\nhai\n\n{TABLE}\n\nba"), ("Bảng", "‹Một›", f"Một\n\n{TABLE}\n"), ("Bảng", "| a‹› |\n| - |\n| b |\n", f"| a |\n| - |\n| b |\n\n{TABLE}\n"),
]  # fmt: skip
SELECT = "(area, [text, from, to]) => { area.focus(); area.select(); document.execCommand(text ? 'insertText' : 'delete', false, text); area.setSelectionRange(from, to); }"
SELECTED = "(area) => area.value.slice(0, area.selectionStart) + '‹' + area.value.slice(area.selectionStart, area.selectionEnd) + '›' + area.value.slice(area.selectionEnd)"


def test_what_the_buttons_write(desk: Desk):
    """And it can be taken back."""
    desk.open("trang/new")
    different = {}
    for button, before, after in PRESSED:
        from_, to = before.index("‹"), before.index("›") - 1
        desk.body.evaluate(SELECT, [before.replace("‹", "").replace("›", ""), from_, to])
        desk.page.get_by_role("button", name=button, exact=True).click()
        shown = desk.body.evaluate(SELECTED)
        if shown != after:
            different[button, before] = (shown, after)
        if after.replace("‹", "").replace("›", "") != before.replace("‹", "").replace("›", ""):
            desk.page.keyboard.press("Control+z")
            if desk.body.input_value() != before.replace("‹", "").replace("›", ""):
                different[button, before, "undo"] = (desk.body.input_value(), before)
    assert different == {}


def test_who_saves_by_a_key_goes_on_typing(desk: Desk):
    desk.open("trang/entries/nguon-tin")
    before, commits = desk.body.input_value(), desk.commits()
    desk.body.press("Control+End")
    desk.page.keyboard.type(" Một")
    expect(desk.page.get_by_role("button", name="Lưu", exact=True)).to_be_enabled()
    desk.page.wait_for_timeout(200)  # as long as a hand takes
    desk.page.keyboard.press("Control+s")
    desk.page.keyboard.type(" hai ba bốn năm sáu bảy tám", delay=40)
    expect(desk.body).to_have_value(f"{before} Một hai ba bốn năm sáu bảy tám")
    until(lambda: len(desk.commits()) == len(commits) + 1)
    expect(desk.page.get_by_role("button", name="Lưu", exact=True)).to_be_enabled()
    desk.page.keyboard.press("Control+s")
    until(lambda: len(desk.commits()) == len(commits) + 2)
    assert (desk.content / "trang/nguon-tin.md").read_text("utf-8").endswith(" Một hai ba bốn năm sáu bảy tám\n")
    expect(desk.body).to_have_value(f"{before} Một hai ba bốn năm sáu bảy tám")
