"""Holds that an incremental build is the clean build with the unchanged work left out: the same tree, byte for byte, whatever was done before.

Random sequences of what editors, maintainers and the clock do; after each step the tree is compared with one made from nothing, and
files that did not change must keep their modification time, as changed ones must not.
"""

import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import NOW, ROOT, SITES, SOAK, build_site
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from chuyendoiso.build.build_if_needed import run_build
from chuyendoiso.model.problems import ContentRejected
from chuyendoiso.system.file_status import TICK

SITE = """\
site: {name: Trang, url: "https://trang.vn/muc/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "trang.vn,2026"}
owner: {name: Sở, phone: "0228 3649 000"}
topics:
  - {slug: mot, name: Chủ đề một}
  - {slug: hai, name: Chủ đề hai}
audiences: [{id: nguoi-dan, name: Người dân}]
issuers: [{id: so, name: Sở}]
"""
DAY = timedelta(days=1)


def front(**fields: str) -> str:
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in fields.items()) + "---\n\n"


def news(number: int, **more: str) -> str:
    common = {
        "title": f"Tin {number}",
        "date": f"2026-11-{number + 1:02} 08:00",
        "summary": "Tóm tắt.",
        "topic": "mot",
        "tags": "[a, b]",
    }
    return front(**{**common, **more}) + f"Thân tin {number}.\n\n## Mục\n\nĐoạn.\n"


def document(number: int, **more: str) -> str:
    own = {
        "title": f"Văn bản {number}", "date": "2026-11-05", "summary": "Tóm tắt.", "topic": "hai", "document_number": f"{number}/QĐ-SO",
        "document_type": "Quyết định", "issuing_body": "so", "issued_on": f"2025-01-{number + 1:02}", "subject": "Về việc",
        "effective_on": "2025-02-01",
    }  # fmt: skip
    return front(**{**own, **more}) + "Toàn văn.\n"


def training(number: int) -> str:
    day = f"2026-12-{number + 1:02}"
    session = f'{{starts_at: "{day} 08:00", ends_at: "{day} 11:00"}}'
    own = {"title": f"Tập huấn {number}", "date": "2026-11-06", "summary": "Tóm tắt.", "topic": "mot", "audience": "[nguoi-dan]"}
    return front(**own, session=session) + "Nội dung.\n"


def question(number: int, **more: str) -> str:
    own = {
        "title": f"Câu hỏi {number}?", "date": "2026-11-07", "summary": "Trả lời.", "topic": "mot", "answered_by": "owner",
        "checked_on": "2026-11-07", "about": "[../van-ban/vb-1.md, ../tin-tuc/2026/tin-0.md]",
    }  # fmt: skip
    return front(**{**own, **more}) + "Trả lời kỹ.\n"


def draft(number: int, **more: str) -> str:
    own = {
        "title": f"Dự thảo {number}", "date": "2026-11-08", "summary": "Xin ý kiến.", "topic": "hai", "opens_on": "2026-11-08",
        "closes_on": "2026-11-28", "drafting_body": "so", "subject": "Về việc", "attachments": "[{file: /media/du-thao.pdf, label: Dự thảo}]",
    }  # fmt: skip
    return front(**{**own, **more}) + "Dự thảo.\n"


class World:
    """The content, theme and moment that the steps change."""

    def __init__(self, root: Path) -> None:
        self.root, self.content, self.theme = root, root / "content", root / "theme"
        self.now, self.preview, self.count = NOW, False, 0
        shutil.copytree(ROOT / "theme", self.theme)
        # all kinds of what a moment changes, some days apart
        pinned, modified = {"pinned_until": "2026-11-25"}, {"modified": "2026-11-27", "change_note": "Thêm số liệu"}
        for number, more in enumerate(({}, pinned, modified, {"corrections": "[{date: 2026-11-29, note: Sửa}]"})):
            self.write(f"tin-tuc/2026/tin-{number}.md", news(number, **more))
        amending = {"effective_on": "2026-11-26", "amends": "[3/QĐ-SO]"}
        for number, more in enumerate(({}, {"expires_on": "2026-11-28"}, amending, {})):
            self.write(f"van-ban/vb-{number}.md", document(number, **more))
        self.write("tap-huan/th.md", training(0))
        self.write("hoi-dap/hoi.md", question(0, check_again="2026-11-27"))
        self.write("lay-y-kien/du-thao.md", draft(0, response="{on: 2026-11-29, summary: Đã tiếp thu.}"))
        (self.content / "media").mkdir()
        shutil.copy(next((SITES / "small/media").rglob("*.pdf")), self.content / "media/du-thao.pdf")
        links = "[Tin](../tin-tuc/2026/tin-0.md#muc), [tin khác](/tin-tuc/2026/tin-1/#muc)\n"
        self.write("trang/gioi-thieu.md", front(title="Giới thiệu", summary="Tóm tắt.") + links)
        self.write("site.yml", SITE)
        self.picture(0)

    def write(self, name: str, text: str) -> None:
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def picture(self, shade: int) -> None:
        path = self.content / "media/anh.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (600, 300), (shade * 25, 90, 90)).save(path)

    def article(self, choice: int) -> Path:
        found = sorted(path for path in self.content.rglob("*.md") if path.parent.name != "trang")
        return found[choice % len(found)]

    def edit(self, path: Path, change: Callable[[str], str]) -> None:
        path.write_text(change(path.read_text("utf-8")), "utf-8")

    def field(self, choice: int, name: str, value: str) -> None:
        """Set a field of an article, in place of what it was."""

        def changed(text: str) -> str:
            head, _, body = text.removeprefix("---\n").partition("---\n")
            retained = [line for line in head.splitlines() if not line.startswith(f"{name}:")]
            return "---\n" + "\n".join([*retained, f"{name}: {value}"]) + "\n---\n" + body

        self.edit(self.article(choice), changed)


def add(world: World, choice: int, value: int) -> None:
    world.count += 1
    if choice % 3:
        world.write(f"tin-tuc/2026/them-{world.count}.md", news(value, title=f"Thêm {world.count}"))
    else:
        number = 10 + world.count
        world.write(f"van-ban/them-{number}.md", document(number, replaces=f"[{value % 4}/QĐ-SO]"))


def rename(world: World, choice: int, value: int) -> None:
    world.count += 1
    path = world.article(choice)
    former = f"/{path.parent.relative_to(world.content).as_posix()}/{path.stem}/"
    world.field(choice, "aliases", f"[{former}]")
    path.rename(path.with_name(f"doi-{world.count}.md"))


def withdraw(world: World, choice: int, value: int) -> None:
    world.field(choice, "status", ("draft", "withdrawn", "published")[value % 3])
    world.field(choice, "withdrawn_reason", "Đăng nhầm")


def link(world: World, choice: int, value: int) -> None:
    target = world.article(value).relative_to(world.content).as_posix()
    world.edit(world.article(choice), lambda text: f"{text}\n[Xem](/{target}) và [danh sách](/tin-tuc/).\n")


def theme(world: World, choice: int, value: int) -> None:
    files = ("templates/layouts/base.html", "templates/listing.html", "templates/article.html", "static/css/base.css")
    found = [world.theme / name for name in files if (world.theme / name).exists()]
    path = found[choice % len(found)]
    world.edit(path, lambda text: text + (f"\n/* {value} */\n" if path.suffix == ".css" else f"\n{{# {value} #}}"))


def copy_body(world: World, choice: int, value: int) -> None:
    """Give an article the very body of another."""
    body = world.article(value).read_text("utf-8").removeprefix("---\n").partition("---\n")[2]
    world.edit(world.article(choice), lambda text: "---\n" + text.removeprefix("---\n").partition("---\n")[0] + "---\n" + body)


UNFINISHED = (
    "title: \n",
    "title: Nháp\ncover: {image: /media/khong.png, alt: A}\n",
    "title: [\n",
    "title: Nháp\ntopic: khong\ntags: [b, B!]\n",
)


def unfinished(world: World, choice: int, value: int) -> None:
    """Write a draft that lacks something, or can hardly be read."""
    links = "[x](khong-co.md) ![](khong.png) [Tin](tin-0.md#khong)\n"
    world.write(f"tin-tuc/2026/nhap-{choice % 3}.md", f"---\nstatus: draft\n{UNFINISHED[value % len(UNFINISHED)]}---\n\n{links}")


def crowd(world: World, choice: int, value: int) -> None:
    """Write so many news that lists get a page more; they may be withdrawn together."""
    more = {"status": "withdrawn", "withdrawn_reason": "Nhầm"} if value % 2 else {}
    for number in range(14):
        world.write(f"tin-tuc/2026/dong-{number}.md", news(number, title=f"Đông {number}", **more))


def without_effect(world: World, choice: int, value: int) -> None:
    path = world.article(choice)
    world.edit(path, lambda text: "".join(line for line in text.splitlines(True) if not line.startswith("effective_on:")))


STEPS: dict[str, Callable[[World, int, int], object]] = {
    "body": lambda world, choice, value: world.edit(world.article(choice), lambda text: f"{text}\nThêm {value}.\n"),
    "body of another": copy_body,
    "title": lambda world, choice, value: world.field(choice, "title", f"Tên {value}"),
    "summary": lambda world, choice, value: world.field(choice, "summary", f"Tóm tắt {value}."),
    "topic": lambda world, choice, value: world.field(choice, "topic", ("mot", "hai")[value % 2]),
    "tags": lambda world, choice, value: world.field(choice, "tags", f"[b, {'cdeA'[value % 4]}]"),
    "date": lambda world, choice, value: world.field(choice, "date", f"2026-{11 + value % 2}-{value * 2 + 1:02} 09:00"),
    "pinned": lambda world, choice, value: world.field(choice, "pinned_until", f"2026-11-{21 + value}"),
    "effective": lambda world, choice, value: world.field(choice, "effective_on", f"2026-11-{21 + value}"),
    "cover": lambda world, choice, value: world.field(choice, "cover", "{image: /media/anh.png, alt: Ảnh}"),
    "picture": lambda world, choice, value: world.picture(value),
    "amends": lambda world, choice, value: world.field(choice, "amends", f"[{value % 4}/QĐ-SO]"),
    "add": add,
    "delete": lambda world, choice, value: world.article(choice).unlink(),
    "rename": rename,
    "withdraw": withdraw,
    "link": link,
    "mention": lambda world, choice, value: world.edit(world.article(choice), lambda text: f"{text}\nTheo {value % 4}/QĐ-SO.\n"),
    "unfinished draft": unfinished,
    "crowd": crowd,
    "without effect": without_effect,
    "theme": theme,
    "settings": lambda world, choice, value: world.write("site.yml", SITE.replace("name: Trang", f"name: Trang {value}")),
    "topics": lambda world, choice, value: world.write("site.yml", SITE.replace("Chủ đề hai", f"Chủ đề {value}")),
    "preview": lambda world, choice, value: setattr(world, "preview", not world.preview),
    "forget": lambda world, choice, value: [file.unlink() for file in world.root.glob(".output-releases/cache.sqlite*")],
    "touch": lambda world, choice, value: world.article(choice).touch(),
    "nothing": lambda world, choice, value: None,
}  # fmt: skip


# steps after which a moment is waited, so that the stamps of what was written can be relied upon
SETTLING = {"body", "body of another", "link", "touch", "nothing"}


def incremental(world: World) -> list[str]:
    """Build on top of what is there; return the problems that kept it from being built."""
    options = {"PREVIEW": world.preview, "NOW": world.now, "SHARE_CARDS": False, "QUIET": True}
    paths = {"PATH": str(world.content), "THEME": str(world.theme), "OUTPUT_PATH": str(world.root / "output")}
    try:
        run_build(ROOT / "pelicanconf.py", {**options, **paths})
    except ContentRejected as rejected:
        return [str(problem) for problem in rejected.problems]
    return []


def clean(world: World, output: Path) -> list[str]:
    """Build from nothing."""
    options = {"preview": world.preview, "now": world.now, "share_cards": False, "theme": world.theme}
    try:
        build_site(world.content, output, **options)
    except ContentRejected as rejected:
        return [str(problem) for problem in rejected.problems if "lost-address" not in str(problem)]
    return []


def files(output: Path) -> dict[str, bytes]:
    folder = output.resolve()
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def times(output: Path) -> dict[str, int]:
    folder = output.resolve()
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


Step = tuple[str, int, int, int]
STEP = st.tuples(
    st.sampled_from([*STEPS, "nothing", "nothing", "body", "body"]),
    st.integers(0, 9),
    st.integers(0, 9),
    st.sampled_from([0, 0, 1, 2, 5, -3]),
)  # what is done, to what, how, and the days that pass


@pytest.mark.soak
@settings(max_examples=400 if SOAK else 4, suppress_health_check=list(HealthCheck))
@given(st.lists(STEP, min_size=2, max_size=8 if SOAK else 4))
def test_an_incremental_build_equals_a_clean_one(tmp_path_factory, steps: list[Step]):
    world = World(tmp_path_factory.mktemp("oracle"))
    output = world.root / "output"
    assert incremental(world) == []
    for number, (name, choice, value, days) in enumerate(steps):
        before, before_times = files(output), times(output)
        STEPS[name](world, choice, value)
        world.now += days * DAY
        if name in SETTLING:
            time.sleep(2 * TICK / 1e9)
        reported, moved_away = incremental(world), world.root / f"clean-{number}"
        assert reported == clean(world, moved_away)
        now, now_times = files(output), times(output)
        assert now == (before if reported else files(moved_away)), steps[: number + 1]
        same = {path for path in now if before.get(path) == now[path]}
        assert {path for path in same if now_times[path] != before_times[path]} == set()
        assert {path for path in now.keys() - same if now_times[path] <= before_times.get(path, 0)} == set()
        shutil.rmtree(world.root / f".clean-{number}-releases", ignore_errors=True)
    shutil.rmtree(world.root)
