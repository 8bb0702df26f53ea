"""The editor's Git host: what it reads, what it commits, and all that it refuses without changing a byte."""

import base64
import io
import json
import os
import re
import shutil
import subprocess
import threading
import time
from pathlib import Path

import pytest
from conftest import ROOT, SITES
from lxml import html
from PIL import Image

from chuyendoiso.authoring.web_editor import content_repository, git_commits
from chuyendoiso.authoring.web_editor.content_repository import ContentRepository
from chuyendoiso.authoring.web_editor.draft_preview import DraftPreview
from chuyendoiso.authoring.web_editor.git_api import GitApi
from chuyendoiso.authoring.web_editor.work_tree import WorkTree, blob_hash
from chuyendoiso.build.options import BuildOptions

ITEM = "tin-tuc/2026/mot.md"
TEXT = "---\ntitle: Một\n---\nThân bài.\n"
REPO = "/repos/bien-tap/noi-dung"


class Host:
    """A content folder and its API."""

    def __init__(self, content: Path) -> None:
        self.content = content
        self.api = GitApi(ContentRepository(WorkTree(content)))

    def git(self, *arguments: str) -> str:
        return subprocess.run(["git", "-C", self.content, *arguments], check=True, capture_output=True, text=True).stdout

    def get(self, path: str, /, **query: str):
        status, media_type, data = self.api.get(f"{REPO}/{path}", query)
        return status, json.loads(data) if "json" in media_type else data

    def save(self, *files: dict, message: str = "Sửa", branch: str = "chinh"):
        body = {"files": list(files), "message": message, "branch": branch}
        status, _, data = self.api.post(f"{REPO}/contents", json.dumps(body).encode())
        return status, json.loads(data)

    def text(self, name: str = ITEM) -> str:
        return (self.content / name).read_text("utf-8")

    def state(self) -> tuple[object, ...]:
        """Return all that a refusal must leave: the files, the index, the commits."""
        files = {path.relative_to(self.content): path.read_bytes() for path in self.content.rglob("*") if path.is_file()}
        git = [self.git("rev-parse", "HEAD"), self.git("ls-files", "--stage")] if (self.content.parent / ".git").exists() else []
        return files, git


def update(text: str, base: str | None = TEXT, path: str = ITEM, **more: object) -> dict:
    return {"operation": "update", "path": path, "content": base64.b64encode(text.encode()).decode(), "base": base, **more}


def create(path: str, text: str = TEXT) -> dict:
    return update(text, None, path, operation="create")


@pytest.fixture
def folder(tmp_path) -> Host:
    """A content folder in no repository."""
    content = tmp_path / "project/content"
    (content / ITEM).parent.mkdir(parents=True)
    shutil.copy(SITES / "base.yml", content / "site.yml")
    (content / ITEM).write_text(TEXT, "utf-8")
    (content / "tin-tuc/2026/hai.md").write_text(TEXT, "utf-8")
    return Host(content)


@pytest.fixture
def host(folder) -> Host:
    """A content folder in a repository, with other work in the tree and in the index."""
    root = folder.content.parent
    subprocess.run(["git", "init", "-q", "-b", "chinh", root], check=True)
    folder.git("config", "user.name", "Nguyễn Hương")
    folder.git("config", "user.email", "huong@thu-nghiem.vn")
    folder.git("add", ".")
    folder.git("commit", "-qm", "Bắt đầu")
    (folder.content / "tin-tuc/2026/hai.md").write_text("đang sửa\n", "utf-8")
    (folder.content / "tin-tuc/2026/ba.md").write_text("đã chọn\n", "utf-8")
    folder.git("add", "tin-tuc/2026/ba.md")
    return folder


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_work_tree_is_what_is_read(host):
    paths = {file["path"]: file["sha"] for file in host.get("git/trees/abc")[1]["tree"]}
    assert paths == {
        "tin-tuc/2026/ba.md": blob_hash("đã chọn\n".encode()),
        "tin-tuc/2026/hai.md": blob_hash("đang sửa\n".encode()),
        ITEM: blob_hash(TEXT.encode()),
    }
    before = host.get("branches/chinh")
    (host.content / ITEM).write_text("khác\n", "utf-8")
    assert host.get("branches/chinh") != before
    assert host.get(f"raw/{ITEM}") == (200, "khác\n".encode())
    body = json.dumps({"files": [ITEM, "tin-tuc/khong-co.md"]}).encode()
    read = json.loads(host.api.post(f"{REPO}/file-contents", body)[2])
    assert [file and base64.b64decode(file["content"]).decode() for file in read] == ["khác\n", None]


def test_items_are_listed_by_title(host):
    (host.content / "tin-tuc/2026/hai.md").write_text('---\ndate: 2026-01-01\ntitle: "Ba: bốn"\n---\n', "utf-8")
    assert json.loads(host.api.get("/items", {})[2]) == [
        {"path": "tin-tuc/2026/hai.md", "title": "Ba: bốn"},
        {"path": ITEM, "title": "Một"},
    ]


def test_a_hash_is_gits(host):
    assert blob_hash(TEXT.encode()) == host.git("rev-parse", f"HEAD:content/{ITEM}").strip()


def test_who_uses_the_machine_and_what_was_done(host):
    assert json.loads(host.api.get("/user", {})[2])["full_name"] == "Nguyễn Hương"
    past = host.get("commits", path=ITEM)[1]
    assert [commit["commit"]["author"]["name"] for commit in past] == ["Nguyễn Hương"]
    assert json.loads(host.api.get("/version", {})[2]) == {"version": "1.24.0"}


# ── saving ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_save_is_one_commit_of_its_files_alone(host):
    photo = update("", None, "media/2026/anh.webp", operation="create")
    status, saved = host.save(update(TEXT.replace("Một", "Hai")), photo, message="Sửa tin: mot")
    assert (status, saved["commit"]["sha"]) == (201, host.git("rev-parse", "HEAD").strip())
    assert host.git("log", "-1", "--format=%an <%ae> %s") == "Nguyễn Hương <huong@thu-nghiem.vn> Sửa tin: mot\n"
    assert host.git("show", "--format=", "--name-status") == f"A\tcontent/media/2026/anh.webp\nM\tcontent/{ITEM}\n"
    assert host.git("status", "--porcelain") == "A  content/tin-tuc/2026/ba.md\n M content/tin-tuc/2026/hai.md\n"
    assert [file["sha"] for file in saved["files"]] == [blob_hash(host.text().encode()), blob_hash(b"")]


DRAFT = TEXT.replace("title: Một\n", "title: Một\nstatus: draft\n")


def write_draft(host, text: str = DRAFT, name: str = ITEM) -> None:
    (host.content / name).write_text(text, "utf-8")
    host.git("add", name)
    host.git("commit", "-qm", "Bản nháp", "--", name)


def test_a_draft_moves_and_a_file_goes(host):
    write_draft(host)
    moved = update(DRAFT, DRAFT, path="tin-tuc/2026/moi.md", from_path=ITEM)
    assert host.save(moved)[0] == 201
    assert host.git("show", "--format=", "--name-status", "-M") == f"R100\tcontent/{ITEM}\tcontent/tin-tuc/2026/moi.md\n"
    gone = {"operation": "delete", "path": "tin-tuc/2026/moi.md", "sha": blob_hash(DRAFT.encode())}
    assert host.save(gone)[0] == 201
    assert not (host.content / "tin-tuc/2026/moi.md").exists()


def test_a_published_item_keeps_its_address(host):
    moved = TEXT.replace("---\nThân", "slug: khac\n---\nThân")
    before = host.state()
    status, answer = host.save(update(moved))
    assert (status, "thêm /tin-tuc/2026/mot/ vào ô" in answer["message"]) == (422, True)
    assert host.state() == before
    assert host.save(update(moved.replace("slug", "aliases: [/tin-tuc/2026/mot/]\nslug")))[0] == 201


def test_a_draft_does_not_move_over_another_file(host):
    write_draft(host)
    before = host.state()
    status, answer = host.save(update(DRAFT, DRAFT, "tin-tuc/2026/hai.md", from_path=ITEM))
    assert (status, "Đã có tệp" in answer["message"], host.state()) == (422, True, before)


@pytest.mark.parametrize(
    ("name", "head", "after"),
    [
        ("tin-tuc/2026/d1a4fbf9f379.md", "title: Chợ phiên số", "tin-tuc/2026/cho-phien-so.md"),
        ("tin-tuc/2026/d1a4fbf9f379.md", "title: Hai", "tin-tuc/2026/hai-2.md"),
        ("van-ban/3d867aa688a7.md", "title: Thông báo\ndocument_number: 12/QĐ-UBND", "van-ban/12-qd-ubnd.md"),
        ("van-ban/3d867aa688a7.md", "title: Thông báo", "van-ban/3d867aa688a7.md"),
        ("tin-tuc/2026/d1a4fbf9f379.md", "title:", "tin-tuc/2026/d1a4fbf9f379.md"),
        ("tin-tuc/2026/cho-cu.md", "title: Chợ phiên số", "tin-tuc/2026/cho-cu.md"),
    ],
)
def test_a_draft_without_a_name_gets_one(host, name, head, after):
    """Sveltia names a file that has no title yet by chance."""
    (host.content / name).parent.mkdir(exist_ok=True)
    write_draft(host, "---\nstatus: draft\n---\nThân bài.\n", name)
    text = f"---\n{head}\nstatus: draft\n---\nThân bài.\n"
    stem = Path(name).stem
    status, answer = host.save(update(text, "---\nstatus: draft\n---\nThân bài.\n", name), message=f"Sửa tin: {stem}")
    assert (status, answer["files"][0]["path"]) == (201, after)
    assert host.git("log", "-1", "--format=%s") == f"Sửa tin: {Path(after).stem}\n"
    assert host.text(after) == text
    assert (host.content / name).exists() == (name == after)


def test_the_same_save_again_makes_no_commit(host):
    """Its answer was lost: the server ended, the lid was closed."""
    change = update(TEXT.replace("Một", "Hai"))
    assert host.save(change)[0] == 201
    before = host.state()
    assert (host.save(change)[0], host.state()) == (201, before)


def test_line_ends_of_a_file_stay(host):
    (host.content / ITEM).write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert host.save(update(TEXT.replace("Một", "Hai")))[0] == 201
    assert (host.content / ITEM).read_bytes() == TEXT.replace("Một", "Hai").replace("\n", "\r\n").encode()


def test_without_a_repository_files_are_written(folder):
    status, saved = folder.save(update(TEXT.replace("Một", "Hai")), branch="không có Git")
    assert (status, saved["commit"]["sha"], folder.text()) == (201, "0" * 40, TEXT.replace("Một", "Hai"))
    assert folder.get("commits", path=ITEM) == (200, [])
    assert sorted(path.name for path in (folder.content / ITEM).parent.iterdir()) == ["hai.md", "mot.md"]


def test_what_is_replaced_on_purpose_is_committed_first(host):
    theirs = TEXT.replace("Thân", "Phần thân")
    (host.content / ITEM).write_text(theirs, "utf-8")
    mine = TEXT.replace("Một", "Hai")
    assert host.save(update(mine, theirs, retain=True), message="Sửa tin: mot")[0] == 201
    assert host.git("log", "-2", "--format=%s") == f"Sửa tin: mot\nGiữ bản trên đĩa trước khi ghi đè: {ITEM}\n"
    assert host.git("show", f"HEAD~1:content/{ITEM}") == theirs


def test_what_is_replaced_on_purpose_stays_beside_it_without_a_repository(folder):
    theirs = TEXT.replace("Thân", "Phần thân")
    (folder.content / ITEM).write_text(theirs, "utf-8")
    assert folder.save(update(TEXT, theirs, retain=True), branch="")[0] == 201
    assert folder.text("tin-tuc/2026/.mot.md.1~") == theirs


# ── refused ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

PATHS = [
    "../ngoai.md", "tin-tuc/../../ngoai.md", "/etc/passwd.md", ".git/config", "tin-tuc/.git/a.md", "tin-tuc//a.md", "site.yml", "a.md",
    "tin-tuc/a.txt", "tin-tuc/a.md~", "media/.an/a.png", "lien-ket/a.md", "tin-tuc/ra-ngoai/a.md", "tin-tuc/a\\b.md", "tin-tuc/a\nb.md", "",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out_of_the_folders(host, tmp_path, path):
    (host.content / "tin-tuc/ra-ngoai").symlink_to(tmp_path)
    before = host.state()
    status, answer = host.save(create(path))
    assert (status, host.state()) == (422, before)
    assert answer["message"]
    assert host.get(f"raw/{path}")[0] in {404, 422}
    assert not list(tmp_path.glob("*.md"))


def test_a_link_in_the_place_of_a_file_is_not_written_through(host, tmp_path):
    (tmp_path / "ngoai.md").write_text(TEXT, "utf-8")
    (host.content / ITEM).unlink()
    (host.content / ITEM).symlink_to(tmp_path / "ngoai.md")
    status, answer = host.save(update("khác\n"))
    assert (status, "liên kết" in answer["message"]) == (422, True)
    assert (tmp_path / "ngoai.md").read_text("utf-8") == TEXT


def test_a_file_that_somebody_edits_is_not_replaced(host):
    theirs = TEXT.replace("Thân", "Phần thân")
    (host.content / ITEM).write_text(theirs, "utf-8")  # in VS Code, in no commit
    before = host.state()
    status, answer = host.save(update(TEXT.replace("Một", "Hai")), create("media/2026/a.webp"))
    assert (status, answer["path"], answer["current"]) == (409, ITEM, theirs.strip())
    assert answer["message"] == f"Tệp {ITEM} đã được sửa ở chỗ khác sau khi bạn mở bài."
    assert host.state() == before


REFUSED = {
    "another hash": (update("khác\n", None, sha="0" * 40), 409, "đã được sửa ở chỗ khác"),
    "no hash": (update("khác\n", None), 422, "Không rõ"),
    "there already": (create(ITEM, "khác\n"), 422, "Đã có tệp"),
    "gone": (update("khác\n", TEXT, "tin-tuc/2026/khong-co.md"), 409, "đã bị xóa hoặc đổi tên"),
    "renamed": (update("khác\n", TEXT, "tin-tuc/2026/moi.md", from_path=ITEM), 422, "Bài đã đăng thì giữ đường dẫn"),
    "unknown": ({"operation": "chmod", "path": ITEM}, 422, "không rõ phải làm gì"),
    "damaged": ({"operation": "update", "path": ITEM, "content": "%%"}, 422, "base64"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_save_is_refused_whole(host, name):
    file, expected, words = REFUSED[name]
    before = host.state()
    status, answer = host.save(create("tin-tuc/2026/truoc.md"), file)
    assert (status, words in answer["message"], host.state()) == (expected, True, before), answer


def test_a_picture_that_an_item_shows_is_not_deleted(host):
    for name in ("a", "b"):
        assert host.save(create(f"media/2026/{name}.webp", "ảnh"))[0] == 201
    assert host.save(update(f"{TEXT}\n![A](../../media/2026/a.webp)\n"))[0] == 201
    gone = {name: {"operation": "delete", "path": f"media/2026/{name}.webp"} for name in ("a", "b")}
    status, answer = host.save(*gone.values())
    using = f"media/2026/a.webp đang được dùng ở “Một” ({ITEM})"
    assert (status, answer["message"]) == (
        409, f"Chưa xóa được: {using}. Cách sửa: bỏ ảnh hay tệp ấy khỏi từng bài, lưu, rồi làm lại.",
    )  # fmt: skip
    assert answer["used"] == [{"file": "media/2026/a.webp", "items": [{"path": ITEM, "title": "Một"}], "more": ""}]
    assert host.save(gone["b"])[0] == 201
    assert [path.name for path in (host.content / "media/2026").iterdir()] == ["a.webp"]


def test_a_picture_is_renamed_with_all_items_that_show_it(host):
    shown, other = f"{TEXT}\n![A](/media/2026/a.webp)\n", "tin-tuc/2026/muoi.md"
    relative = create(other, shown.replace("/media", "../../media"))
    saved = host.save(create("media/2026/a.webp", "ảnh"), update(shown), relative)
    assert saved[0] == 201, saved
    renamed = {**update("ảnh", None, "media/2026/b.webp"), "from_path": "media/2026/a.webp"}
    before = host.state()
    status, answer = host.save(renamed, update(shown.replace("a.webp", "b.webp"), shown))
    assert (status, [item["path"] for item in answer["used"][0]["items"]], host.state()) == (409, [other], before)
    assert answer["message"].startswith("Chưa đổi tên được: media/2026/a.webp đang được dùng ở")
    assert "dấu (" in host.save({**renamed, "path": "media/2026/b(1.webp"})[1]["message"]
    gone = {"operation": "delete", "path": other, "sha": saved[1]["files"][2]["sha"]}
    assert host.save(gone, renamed, update(shown.replace("a.webp", "b.webp"), shown))[0] == 201
    assert host.git("log", "-1", "--format=%s") == "Đổi tên tệp: media/2026/a.webp thành media/2026/b.webp\n"
    assert [path.name for path in (host.content / "media/2026").iterdir()] == ["b.webp"]


def test_all_items_that_use_a_file_are_listed(host):
    name = "media/2026/ảnh.webp"
    assert host.save(create(name, "ảnh"))[0] == 201
    ways = [f"/{name}", f"../../{name}", "/media/2026/%E1%BA%A3nh.webp", "../../media/2026/a\u0309nh.webp"]
    for number in range(13):
        assert (
            host.save(create(f"tin-tuc/2026/b{number:02}.md", f"---\ntitle: Bài {number}\n---\n![]({ways[number % 4]})\n"))[0]
            == 201
        )
    for other, text in (
        ("c1", "/media/2025/ảnh.webp"),
        ("c2", "/media/2026/xảnh.webp"),
        ("c3", "/media/2026/con/ảnh.webp"),
        ("c4", "/media/2026/b.webp [ảnh.webp](/media/b.webp)"),
    ):
        assert host.save(create(f"tin-tuc/2026/{other}.md", f"---\ntitle: Khác\n---\n![]({text})\n"))[0] == 201
    status, answer = host.save({"operation": "delete", "path": name})
    (used,) = answer["used"]
    assert (status, used["more"], [item["title"] for item in used["items"]]) == (409, 3, [f"Bài {number}" for number in range(10)])
    assert "“Bài 9” (tin-tuc/2026/b09.md) và 3 bài khác. Cách sửa: " in answer["message"]


def test_what_others_write_of_a_picture_is_offered(host):
    written = [
        "![Hội trường](/media/2026/a.webp)", "![Hội trường](../../media/2026/a.webp)", "![Khác](/media/2025/a.webp)", "![](/media/2026/a.webp)",
    ]  # fmt: skip
    for number, text in enumerate(written):
        assert host.save(create(f"tin-tuc/2026/b{number}.md", f"---\ntitle: B\n---\n{text}\n"))[0] == 201
    covers = [
        "cover:\n  image: /media/2026/a.webp\n  alt: Hàng ghế, sân khấu\n",
        'cover: {image: "/media/2026/a.webp", alt: "Sân khấu"}\n',
    ]
    for number, cover in enumerate(covers):
        assert host.save(create(f"tin-tuc/2026/c{number}.md", f"---\n{cover}title: C\n---\n"))[0] == 201
    assert json.loads(host.api.get("/descriptions", {"file": "/media/2026/a.webp"})[2]) == [
        "Hội trường",
        "Hàng ghế, sân khấu",
        "Sân khấu",
    ]
    assert json.loads(host.api.get("/descriptions", {"file": "blob:a"})[2]) == []
    lines = list(
        host.api._descriptions("tin-tuc/2026/c0.md", "---\ncover:\n  image: /media/2026/a.webp\n---\n![](/media/2026/x.webp)\n")
    )
    words = "bài khác mô tả ảnh a.webp là “Hội trường”, “Sân khấu”. Chép lại nếu đúng với bài này."
    assert lines == [("Mô tả ảnh", words)]


def merging(host: Host) -> None:
    (host.content.parent / ".git/MERGE_HEAD").write_text(host.git("rev-parse", "HEAD"), "utf-8")


def hook(host: Host) -> None:
    path = host.content.parent / ".git/hooks/pre-commit"
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\necho 'Bài còn 2 lỗi.' >&2\nexit 1\n", "utf-8")
    path.chmod(0o755)


STATES = {
    "merge": (merging, 409, "đang gộp dở"),
    "detached": (lambda host: host.git("checkout", "-q", "--detach"), 409, "không ở trên nhánh nào"),
    "branch": (lambda host: host.git("checkout", "-qb", "khac"), 409, "đã chuyển sang nhánh khac"),
    "nobody": (lambda host: host.git("config", "--unset", "user.email"), 409, "chưa biết bạn là ai"),
    "hook": (hook, 409, "Bài còn 2 lỗi."),
    "locked": (lambda host: (host.content.parent / ".git/index.lock").touch(), 423, "chương trình git khác khóa"),
}


@pytest.mark.parametrize("name", STATES)
def test_a_repository_that_takes_no_commit_says_why(host, monkeypatch, name):
    prepare, expected, words = STATES[name]
    monkeypatch.setattr(git_commits, "_INDEX_LOCK_SECONDS", 0.3)
    prepare(host)
    before = host.state()
    status, answer = host.save(update(TEXT.replace("Một", "Hai")), create("tin-tuc/2026/moi.md"))
    assert (status, words in answer["message"], "Cách sửa: " in answer["message"]) == (expected, True, True), answer
    assert host.state() == before


def test_a_file_that_git_does_not_take_is_named(host):
    (host.content.parent / ".git/info").mkdir(exist_ok=True)
    (host.content.parent / ".git/info/exclude").write_text("moi.md\n", "utf-8")
    before = host.state()
    status, answer = host.save(create("tin-tuc/2026/moi.md"))
    assert (status, "không ghi tin-tuc/2026/moi.md vào lịch sử" in answer["message"]) == (409, True)
    host.git("update-index", "--assume-unchanged", ITEM)
    assert host.save(update(TEXT.replace("Một", "Hai")))[0] == 409
    assert host.state() == before


def test_a_full_disk_is_no_lock(host, monkeypatch):
    full = host.content.parent / ".git/hooks/pre-commit"
    full.parent.mkdir(exist_ok=True)
    full.write_text("#!/bin/sh\necho \"fatal: Unable to create '.git/index.lock': No space left on device\" >&2\nexit 1\n", "utf-8")
    full.chmod(0o755)
    before = host.state()
    status, answer = host.save(create("tin-tuc/2026/moi.md"))
    assert (status, "đĩa đã đầy" in answer["message"]) == (507, True)
    assert host.state() == before


def test_a_name_that_is_taken_comes_with_the_text_that_has_it(host):
    """The page knows its own text, of a save whose answer was lost."""
    status, answer = host.save(create(ITEM, TEXT.replace("Một", "Hai")))
    assert (status, answer["path"], answer["current"]) == (422, ITEM, TEXT.strip())


@pytest.mark.parametrize(
    ("fields", "status"), [("", 422), ("withdrawn_reason: \n", 422), ("withdrawn_reason: Sai số liệu.\n", 201), ("x: [\n", 201)]
)
def test_an_item_is_withdrawn_with_a_reason_alone(host, fields, status):
    text = TEXT.replace("title: Một\n", f"title: Một\nstatus: withdrawn\n{fields}")
    before = host.state()
    found, answer = host.save(update(text))
    assert found == status, answer
    if status == 422:
        assert "điền ô “Lý do gỡ”" in answer["message"]
        assert host.state() == before


COMPLETE = "---\ntitle: Một\ndate: 2026-11-20\nsummary: Tóm tắt.\ntopic: xa-hoi-so\n{more}---\n{body}\n"


@pytest.fixture
def checking(host):
    """A host that knows the site, as the editor's has."""
    (host.content / "tin-tuc/2026/hai.md").write_text(COMPLETE.format(more="", body="Bài khác."), "utf-8")
    (host.content / "tin-tuc/2026/ba.md").unlink()
    host.git("add", "-A")
    host.git("commit", "-qm", "Bài khác")
    options = BuildOptions(content=host.content, theme=ROOT / "theme", output=host.content.parent / "output")
    host.api = GitApi(ContentRepository(WorkTree(host.content)), DraftPreview(options))
    return host


@pytest.mark.parametrize(
    ("more", "body", "errors"),
    [
        ("", "Thân bài.", {}),
        ("topic: khong-co\n", "Thân bài.", {"Chủ đề": "khong-co"}),
        ("", "[Bài](khong-co.md)", {"Thân bài": "khong-co.md"}),
        ("", "![](/media/2026/x.png)", {"Thân bài": "x.png"}),
        ("date: hôm qua\n", "Thân bài.", {"Ngày đăng": "hôm qua"}),
    ],
)
def test_what_readers_would_see_is_saved_without_errors_alone(checking, more, body, errors):
    text = COMPLETE.replace("topic: xa-hoi-so\n" if "topic" in more else "date: 2026-11-20\n" if more else "…", "").format(
        more=more, body=body
    )
    before = checking.state()
    status, answer = checking.save(update(text))
    if not errors:
        assert status == 201
        return
    lines = [line for line in answer["message"].splitlines() if line.startswith("• ")]
    assert (status, {line[2:].partition(": ")[0] for line in lines}) == (422, set(errors))
    for line in lines:
        assert errors[line[2:].partition(": ")[0]] in line
        assert "Cách sửa: " in line and ".md:" not in line
    assert checking.state() == before
    assert checking.save(update(text.replace("title: Một\n", "title: Một\nstatus: draft\n")))[0] == 201


def test_a_required_field_is_asked_for_when_the_item_is_published(checking):
    status, answer = checking.save(update(TEXT.replace("Thân", "Phần thân")))
    assert status == 422
    assert set(re.findall("• (.+): chưa điền", answer["message"])) == {"Ngày đăng", "Tóm tắt", "Chủ đề"}


def test_a_picture_may_be_saved_with_the_item_that_shows_it(checking):
    data = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(data, "PNG")
    picture = {"operation": "create", "path": "media/2026/moi.png", "content": base64.b64encode(data.getvalue()).decode()}
    text = COMPLETE.format(more="", body="![Cột mốc](/media/2026/moi.png)")
    assert checking.save(update(text))[0] == 422
    status, answer = checking.save(update(text), picture)
    assert status == 201, answer


def test_errors_of_other_files_stop_no_save(checking):
    (checking.content / "tin-tuc/2026/hai.md").write_text("---\ntitle: [\n", "utf-8")
    assert checking.save(update(COMPLETE.format(more="", body="Thân bài.")))[0] == 201


@pytest.mark.parametrize("more", ["", "status: draft\n", "zalo: {exclude: true}\n"])
def test_an_unsaved_item_is_shown_in_lists_on_its_card_and_in_channels(checking, more):
    text = (
        COMPLETE.format(more=more, body="Thân bài.")
        .replace("title: Một", "title: Một <b> & hai")
        .replace("Tóm tắt.", "Lời tóm tắt.")
    )
    request = {"kind": "tin-tuc", "path": ITEM, "text": text, "looks": True}
    status, _, data = checking.api.post("preview", json.dumps(request).encode())
    answer = json.loads(data)
    page = html.document_fromstring(answer["page"])
    heads = [one.text for one in page.iterfind(".//section/h4")]
    assert (status, heads) == (200, ["Trong danh sách và nguồn tin", "Khi được chia sẻ", "Trên Zalo"])
    assert page.findtext(".//section//strong") == "Một <b> & hai"
    pictures = [base64.b64decode(one.get("src").partition(",")[2]) for one in page.iterfind(".//img")]
    sizes = [Image.open(io.BytesIO(picture)).size for picture in pictures]
    assert sizes == [(1200, 630), (1200, 675)][: 1 if "exclude" in more else 2]
    assert ("Bài không lên kênh Zalo." in page.text_content()) == ("exclude" in more)


def test_a_short_lock_is_waited_for(host):
    lock = host.content.parent / ".git/index.lock"
    lock.touch()
    threading.Timer(0.5, lock.unlink).start()
    assert host.save(update(TEXT.replace("Một", "Hai")))[0] == 201


DISKS = {28: (507, "đĩa đã đầy"), 13: (500, "không có quyền"), 30: (500, "đĩa chỉ đọc được")}


@pytest.mark.parametrize("code", DISKS)
def test_a_disk_that_takes_nothing_leaves_everything(host, monkeypatch, code):
    def fail(descriptor):
        raise OSError(code, os.strerror(code))

    before = host.state()
    monkeypatch.setattr(os, "fsync", fail)
    status, answer = host.save(update(TEXT.replace("Một", "Hai")), create("media/2027/moi.webp"))
    remedy = "Cách sửa: xử lý xong rồi bấm Lưu lại; chữ đang viết vẫn còn trong trang này."
    assert (status, answer["message"]) == (DISKS[code][0], f"Chưa lưu được: {DISKS[code][1]}. {remedy}")
    assert (host.state(), (host.content / "media").exists()) == (before, False)


def test_saves_wait_for_each_other(host, monkeypatch):
    running, most = [0], [0]
    commit = git_commits.GitCommits.commit

    def slow(self, paths, message):
        running[0] += 1
        most[0] = max(most[0], running[0])
        time.sleep(0.05)
        running[0] -= 1
        return commit(self, paths, message)

    monkeypatch.setattr(git_commits.GitCommits, "commit", slow)
    answers: list[int] = []
    threads = [threading.Thread(target=lambda n=n: answers.append(host.save(create(f"trang/{n}.md"))[0])) for n in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (answers, most[0], len(host.git("log", "--format=%h").split())) == ([201] * 6, 1, 7)
    assert content_repository._LOCK_SECONDS > 1


def test_malformed_requests_are_refused(host):
    for data in (b"", b"[]", b"{", b'{"files": 3}', b'{"files": []}'):
        assert host.api.post(f"{REPO}/contents", data)[0] in {400, 422}
    assert host.api.get("/repos/a/b/unknown", {})[0] == 404
    assert host.api.post("/unknown", b"{}")[0] == 404
