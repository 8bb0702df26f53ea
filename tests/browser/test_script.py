"""In real Chromium, with script on: no payload of a sample runs or asks another host for anything, in pages and feeds.

Every page is provoked: events are dispatched on each element, and what leads nowhere else is clicked.
"""

import json
from dataclasses import dataclass, field

import pytest
from conftest import SOAK, served
from hostile import NUMBERS
from playwright.sync_api import Browser, BrowserContext, Error, Page

PROVOKE = """async (wait) => {
  scrollTo(0, document.documentElement.scrollHeight);
  const events = ["mouseover", "mouseenter", "focus", "load", "error", "toggle", "animationstart", "pointerdown", "submit", "input"];
  for (const element of document.querySelectorAll(document.querySelector("main") ? "main, main *" : "*")) {
    for (const name of events) element.dispatchEvent(new Event(name));
    const leads = element.closest("a[href], area[href]");
    const elsewhere = leads && /^(https?|mailto|tel):/.test(leads.href ?? "");
    if (!elsewhere && element.click && !element.closest("[data-module], [data-copy]")) element.click();
  }
  await new Promise((done) => setTimeout(done, wait));
}"""


@dataclass
class Judge:
    """Opens pages, provokes them, and notes what ran and what was asked of other hosts."""

    context: BrowserContext
    address: str
    dialogs: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    faults: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.context.on("request", self.note)
        self.context.on("page", lambda page: page.on("dialog", self.dismiss))
        self.page: Page = self.context.new_page()

    def is_here(self, url: str) -> bool:
        return url.startswith(f"{self.address}/")

    def note(self, request) -> None:
        if not self.is_here(request.url):
            self.asked.append(request.url)

    def dismiss(self, dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def provoked(self, name: str, wait: int = 0) -> None:
        """Provoke the page that is open, wait for some milliseconds, and note its faults under this name."""
        before = self.page.url
        try:
            self.page.evaluate(PROVOKE, wait)
        except Error as error:  # it went elsewhere while it was provoked
            self.asked.append(error.message)
        if self.page.url.partition("#")[0] != before.partition("#")[0]:
            self.asked.append(self.page.url)
        if self.dialogs or self.asked:
            self.faults[name] = (self.dialogs, self.asked)
            self.dialogs, self.asked = [], []
            self.page.close()  # it may still be on its way elsewhere
            self.page = self.context.new_page()

    def open(self, path: str, wait: int = 0) -> None:
        self.page.goto(self.address + path)
        self.provoked(path, wait)


@pytest.fixture
def judge(browser: Browser, hostile):
    context = browser.new_context()
    with served(hostile) as address:
        yield Judge(context, address)
    context.close()


@pytest.mark.soak
def test_no_page_runs_or_loads_anything(judge, hostile):
    pages = sorted(path.parent.relative_to(hostile).as_posix() for path in hostile.rglob("index.html"))
    others = [page for page in pages if not page.startswith("tin-tuc/2026/x")]
    leads_on = {
        page for page in others if "/trang-" in page and b'http-equiv="refresh"' in (hostile / page / "index.html").read_bytes()
    }
    left_out = set(others) - set(others[:: 1 if SOAK else 4])
    opened = ["/", *(f"/{page}/" for page in pages if page not in {".", *left_out, *leads_on}), "/404.html"]
    for path in opened:
        judge.open(path)
    assert judge.faults == {}
    assert len(opened) > len(NUMBERS) > 80


@pytest.mark.soak
def test_no_feed_runs_or_loads_anything_in_the_browser_itself(judge, hostile):
    for path in sorted((hostile / "feeds").rglob("*.[jx][sm]*"))[:: 1 if SOAK else 5]:
        judge.open(f"/{path.relative_to(hostile).as_posix()}")
    assert judge.faults == {}


@pytest.mark.soak
def test_no_entry_runs_or_loads_anything_where_a_reader_sets_its_html_as_it_is(judge, hostile):
    judge.page.goto(f"{judge.address}/robots.txt")
    for feed in ("tin-tuc", "van-ban", "tap-huan"):
        for item in json.loads((hostile / f"feeds/{feed}/feed.json").read_text("utf-8"))["items"]:
            judge.page.set_content(item["content_html"])
            judge.provoked(item["id"])
    assert judge.faults == {}


RUNS, ASKS, NOTHING = (True, False), (False, True), (False, False)
UNSAFE = {
    "<script>alert(1)</script>": RUNS,
    "<img src=/x onerror=alert(1)>": RUNS,
    "<svg onload=alert(1)></svg>": RUNS,
    "<b onmouseover=alert(1)>a</b>": RUNS,
    "<b onfocus=alert(1)>a</b>": RUNS,
    "<details ontoggle=alert(1)>a</details>": RUNS,
    "<a href='javascript:alert(1)'>a</a>": RUNS,
    "<a href='jAva&Tab;script:alert(1)'><b>a</b></a>": RUNS,
    "<form action='javascript:alert(1)'><button>a</button></form>": RUNS,
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>": RUNS,
    "<img src=//evil.example/x>": ASKS,
    "<iframe src=https://evil.example/></iframe>": ASKS,
    "<style>@import '//evil.example/x.css';</style>": ASKS,
    "<b style='background: url(//evil.example/x)'>a</b>": ASKS,
    "<link rel=stylesheet href=//evil.example/x.css>": ASKS,
    "<meta http-equiv=refresh content='0;url=//evil.example/'>": ASKS,
    "<form action=//evil.example/><button>a</button></form>": ASKS,
    "<p>Chữ <b title='&lt;script>alert(1)&lt;/script>'>đậm</b> <a href='https://a.vn/'>a</a> <a href='#b'>b</a></p>": NOTHING,
}


def test_the_judge_sees_what_it_is_for(browser: Browser, tmp_path):
    context = browser.new_context()
    with served(tmp_path) as address:
        judge = Judge(context, address)
        for number, unsafe in enumerate(UNSAFE):
            (tmp_path / f"{number}.html").write_text(f"<!DOCTYPE html><meta charset=utf-8><title>a</title>{unsafe}", "utf-8")
            judge.open(f"/{number}.html", wait=100)
    context.close()
    found = [judge.faults.get(f"/{number}.html", ([], [])) for number in range(len(UNSAFE))]
    assert {unsafe: (bool(ran), bool(asked)) for unsafe, (ran, asked) in zip(UNSAFE, found, strict=True)} == UNSAFE
