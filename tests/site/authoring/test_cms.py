"""The web editor but for the browser: its configuration, how it reads and writes files, and what it says where something is missing."""

import json
import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, SITES, build_site

from chuyendoiso.authoring.demo_content import write_demo
from chuyendoiso.authoring.forms import form_of
from chuyendoiso.authoring.web_editor import EditorPages, Files, LocalServer, local_server, write_editor
from chuyendoiso.authoring.web_editor_config import Proxy, cms_config
from chuyendoiso.authoring.yaml_writer import front_matter
from chuyendoiso.content.front_matter import parse_source
from chuyendoiso.content.site_config import site_of
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.system.errors import WrongUse

EDITOR = Files(ROOT / "editor", ROOT / "theme")
PROXY = Proxy("/bien-tap/api/abc", "main", "/cds", 2026)
SERVER = LocalServer("/none", "main", "/cds", 2026)


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    """Ask the editor's own script."""
    folder = tmp_path_factory.mktemp("script")
    shutil.copy(ROOT / "editor/front-matter.js", folder)
    (folder / "yaml").symlink_to(ROOT / "editor/node_modules/yaml/browser")
    (folder / "package.json").write_text('{"type": "module"}')

    def ask(requests):
        command = ["node", "--preserve-symlinks", ROOT / "tests/site/authoring/front_matter.mjs", folder / "front-matter.js"]
        done = subprocess.run(command, input=json.dumps(requests), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_opening_and_saving_any_item_changes_nothing(script, tmp_path):
    write_demo(tmp_path / "demo", items=120, seed=5)
    folders = (ROOT / "content", SITES / "small", tmp_path / "demo")
    texts = [path.read_text("utf-8") for folder in folders for path in sorted(folder.rglob("*.md"))]
    assert len(texts) > 150
    assert [now == text for text, now in zip(texts, script([{"file": text} for text in texts]), strict=True)] == [True] * len(texts)


ITEM = """\
---
# tên
title: "Bài: một"
date: 2026-11-20
amends: [5/KH-UBND]

# thẻ
tags:
  - a
  - b
cover: {image: /media/a.jpg, alt: 'Mô tả'}
zalo: {exclude: true}
---

Thân  bài.
"""
CHANGES = [
    ({"title": "Bài: hai"}, ('title: "Bài: một"', 'title: "Bài: hai"')),
    ({"tags": ["a", "c"]}, ("tags:\n  - a\n  - b\n", "tags: [a, c]\n")),
    ({"tags": []}, ("tags:\n  - a\n  - b\n", "")),
    ({"cover": {"image": "/media/a.jpg", "alt": "Mô tả", "caption": ""}}, None),
    ({"cover": {"alt": "Mô tả", "image": "/media/b.jpg"}}, ("cover: {image: /media/a.jpg, alt: 'Mô tả'}", "cover:\n  alt: Mô tả\n  image: /media/b.jpg")),
    ({"amends": [{"number": "5/KH-UBND"}]}, None),
    ({"amends": [{"number": "5/KH-UBND", "issued_on": "2026-01-02"}]}, ("amends: [5/KH-UBND]", "amends:\n  - number: 5/KH-UBND\n    issued_on: 2026-01-02")),
    ({"zalo": {"exclude": True}}, None),
    ({"zalo": {"exclude": False}}, ("zalo: {exclude: true}\n", "")),
    ({"slug": "mot"}, ("zalo: {exclude: true}\n", "zalo: {exclude: true}\nslug: mot\n")),
    ({"summary": None, "modified": ""}, None),
    ({"body": "Chữ."}, ("\nThân  bài.\n", "Chữ.\n")),
]  # fmt: skip


def test_only_what_was_changed_is_written_anew(script):
    answers = script([{"file": ITEM, "change": change} for change, _ in CHANGES])
    assert answers == [ITEM.replace(*replaced) if replaced else ITEM for _, replaced in CHANGES]


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(script):
    assert script([{"file": "\ufeff" + ITEM.replace("\n", "\r\n"), "change": {}}]) == [ITEM]


def test_a_new_file_is_written_as_the_other_tools_write_it(script):
    chance = random.Random(3)
    letters = "aăđ01 -–:#\"'\\,[]{}&*!|>%@`/.()?=~…“”ý"
    texts = [" ".join("".join(chance.choices(letters, k=chance.randint(1, 30))).split()) or "a" for _ in range(300)]
    requests = [
        {"data": {"body": "Thân.", "tags": [text, "b"], "title": text, "cover": {"alt": text}, "streams": [{"url": text}]}, "order": ["title", "tags"]}
        for text in texts
    ]  # fmt: skip
    for text, answer in zip(texts, script(requests), strict=True):
        fields = {"title": text, "tags": [text, "b"], "cover": {"alt": text}, "streams": [{"url": text}]}
        assert answer == front_matter(fields) + "Thân.\n"
        assert parse_source(answer.encode(), "tin-tuc/2026/a.md", "a.md").fields.values == fields


# ── the form ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_form_has_every_field_and_the_sites_own_lists():
    site = site_of(ROOT / "content")
    config = cms_config(site, PROXY, "")
    for kind, collection in zip(Kind, config["collections"], strict=True):
        assert collection["name"] == kind
        assert {field["name"] for field in collection["fields"]} == {field.name for field in form_of(kind)} | {"body"}
    news = {field["name"]: field for field in config["collections"][0]["fields"]}
    assert news["topic"]["options"] == [{"label": topic.name, "value": topic.slug} for topic in site.topics]
    assert news["title"] == {
        "name": "title", "label": "Tên bài", "required": True, "hint": "≤ 200 ký tự", "widget": "string",
        "pattern": ["^[^]{0,200}$", "dài nhất 200 ký tự"],
    }  # fmt: skip
    assert (news["date"]["format"], news["date"]["picker_utc"], news["date"]["default"]) == ("YYYY-MM-DD HH:mm", False, "{{now}}")
    assert news["status"]["default"] == "draft"
    assert (config["publish_mode"], config["backend"]["name"]) == ("simple", "proxy")


TEAM = """
editor:
  backend: gitlab
  host: https://git.tinh.gov.vn/
  repo: chuyen-doi-so/trang-tin
  app_id: abc123
"""


def test_a_team_works_against_its_git_host_with_review(tmp_path):
    content = tmp_path / "content"
    content.mkdir()
    base = (SITES / "base.yml").read_text("utf-8")
    (content / "site.yml").write_text(base, "utf-8")
    with pytest.raises(WrongUse, match=r"site\.yml chưa có mục editor"):
        write_editor(EDITOR, content, tmp_path / "out")
    (content / "site.yml").write_text(base + TEAM, "utf-8")
    write_editor(EDITOR, content, tmp_path / "out")
    written = json.loads((tmp_path / "out/config.json").read_text("utf-8"))
    config = written["config"]
    assert (written["events"], config["publish_mode"], config["media_folder"]) == (None, "editorial_workflow", "content/media")
    assert {name: value for name, value in config["backend"].items() if name != "commit_messages"} == {
        "name": "gitlab", "repo": "chuyen-doi-so/trang-tin", "branch": "main", "auth_type": "pkce", "app_id": "abc123",
        "base_url": "https://git.tinh.gov.vn", "api_root": "https://git.tinh.gov.vn/api/v4",
    }  # fmt: skip
    assert [one["folder"] for one in config["collections"]] == [
        "content/tin-tuc",
        "content/van-ban",
        "content/tap-huan",
        "content/hoi-dap",
        "content/lay-y-kien",
        "content/trang",
    ]
    for name in ("index.html", "editor.js", "front-matter.js", "decap-cms.js", "site.css", "yaml/index.js", "yaml/dist/index.js"):
        assert (tmp_path / "out" / name).is_file()
    with pytest.raises(WrongUse, match="đã có tệp"):
        write_editor(EDITOR, content, tmp_path / "out")


def test_no_release_holds_the_editor(small):
    assert not (small / "bien-tap").exists()
    assert b"decap" not in b"".join(path.read_bytes() for path in small.rglob("*.js"))


@pytest.mark.parametrize(
    "path",
    ["/bien-tap/../tasks.py", "/bien-tap//etc/passwd", "/bien-tap/package.json", "/bien-tap/yaml/../package.json", "/tin-tuc/"],
)
def test_nothing_but_the_editors_files_is_served(path):
    assert EditorPages(EDITOR, ROOT / "content", SERVER, "/events").get(path) is None


# ── what is missing ─────────────────────────────────────────────────────────────────────────────────────────────────────


def started(content: Path, files: Files = EDITOR) -> LocalServer:
    with local_server(files, content, 2026) as server:
        assert Path(server.socket).parent.stat().st_mode & 0o077 == 0  # this user's alone
        return server


def test_without_node_one_line_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(WrongUse) as stopped:
        started(ROOT / "content")
    assert str(stopped.value) == (
        "Trang biên tập cần Node.js. Cách sửa: cài Node.js 18 trở lên (Debian: apt-get install nodejs npm), rồi gõ make editor."
    )


def test_without_its_packages_one_line_says_so(tmp_path):
    with pytest.raises(WrongUse, match="Trang biên tập chưa được cài"):
        started(ROOT / "content", Files(tmp_path, ROOT / "theme"))


def test_git_must_know_the_branch_and_who_commits(tmp_path, monkeypatch):
    content = tmp_path / "content"
    content.mkdir()
    shutil.copy(SITES / "base.yml", content / "site.yml")
    assert started(content).branch is None  # no repository: files alone
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")

    def git(*arguments):
        subprocess.run(["git", "-C", tmp_path, *arguments], check=True, capture_output=True)

    git("init", "-q", "-b", "chinh")
    git("add", "content")
    with pytest.raises(WrongUse, match="Git chưa biết bạn là ai"):
        started(content)
    git("config", "user.name", "Bình")
    git("config", "user.email", "binh@thu-nghiem.vn")
    assert started(content).branch == "chinh"
    git("commit", "-qm", "Đầu")
    git("checkout", "-q", "--detach")
    with pytest.raises(WrongUse, match="Kho Git không ở trên nhánh nào"):
        started(content)


def test_the_small_site_still_builds_with_a_team_named(tmp_path, output):
    content = shutil.copytree(SITES / "small", tmp_path / "content")
    with (content / "site.yml").open("a", encoding="utf-8") as settings:
        settings.write(TEAM)
    build_site(content, output)
    assert "git.tinh.gov.vn" not in (tmp_path / "output/index.html").read_text("utf-8")
