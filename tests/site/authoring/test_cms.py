"""The web editor but for the browser: its configuration, how it reads and writes files, and what it says where something is missing."""

import json
import os
import random
import re
import shutil
import subprocess

import pytest
from conftest import ROOT, SITES, build_site

from chuyendoiso.authoring.demo_content import write_demo
from chuyendoiso.authoring.forms import form_of
from chuyendoiso.authoring.web_editor.cms_config import LocalHost, cms_config
from chuyendoiso.authoring.web_editor.editor_pages import EditorFiles, EditorPages, check_repository, write_editor
from chuyendoiso.authoring.web_editor.sveltia import SveltiaFiles
from chuyendoiso.authoring.yaml_writer import front_matter
from chuyendoiso.content.front_matter import parse_source
from chuyendoiso.content.site_config import site_of
from chuyendoiso.model.vocabulary import Kind
from chuyendoiso.system.errors import WrongUse

EDITOR = EditorFiles(ROOT / "editor", ROOT / "theme")
LOCAL = LocalHost("/bien-tap/api/v1", "main", "/cds")


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
    ({"body": "Chữ."}, ("\nThân  bài.\n", "\nChữ.\n")),
    ({"body": "Thân  bài."}, None),
    ({"status": "draft"}, ("zalo: {exclude: true}\n", "zalo: {exclude: true}\nstatus: draft\n")),
    ({"date": ""}, ("date: 2026-11-20\n", "")),
]  # fmt: skip


def test_a_field_with_a_default_is_read_as_the_site_reads_it(script):
    """Else the form's default would turn an item without `status` into a draft."""
    text = "---\ntitle: Một\n---\nThân.\n"
    assert script(
        [{"file": text, "change": {"status": "published", "date": ""}}, {"file": text, "change": {"status": "draft"}}]
    ) == [
        text,
        text.replace("Một\n", "Một\nstatus: draft\n"),
    ]


def test_only_what_was_changed_is_written_anew(script):
    answers = script([{"file": ITEM, "change": change} for change, _ in CHANGES])
    assert answers == [ITEM.replace(*replaced) if replaced else ITEM for _, replaced in CHANGES]


def test_values_that_may_be_written_alone_are_those_of_the_schema(script):
    assert script([{"bare": True}]) == [{field.name: field.bare for kind in Kind for field in form_of(kind) if field.bare}]
    text = "---\ntitle: Ai?\nanswered_by: owner\n---\nThân.\n"
    changed = "---\ntitle: Ai?\nanswered_by:\n  body: owner\n  position: Chánh Văn phòng\n---\nThân.\n"
    groups = ({"body": "owner"}, {"body": "owner", "position": "Chánh Văn phòng"})
    assert script([{"file": text, "change": {"answered_by": group}} for group in groups]) == [text, changed]


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
    config = cms_config(site, LOCAL, "")
    for kind, collection in zip(Kind, config["collections"], strict=True):
        assert collection["name"] == kind
        assert {field["name"] for field in collection["fields"]} == {field.name for field in form_of(kind)} | {"body"}
    news = {field["name"]: field for field in config["collections"][0]["fields"]}
    assert news["topic"]["options"] == [{"label": topic.name, "value": topic.slug} for topic in site.topics]
    assert news["title"] == {
        "name": "title", "label": "Tên bài", "required": True, "hint": "≤ 200 ký tự", "widget": "string",
        "maxlength": 200,
    }  # fmt: skip
    assert (news["date"]["format"], news["date"]["picker_utc"], news["date"]["default"]) == ("YYYY-MM-DD HH:mm", False, "{{now}}")
    assert news["status"]["default"] == "draft"
    assert (config["publish_mode"], config["backend"]["name"]) == ("simple", "gitea")


def test_nothing_but_dates_and_states_has_a_default():
    """The form gives a default to an item that lacks the field, unless `read` of editor/front-matter.js does."""

    def defaults(fields):
        for field in fields:
            if field.get("default"):
                yield field["name"], field["default"]
            yield from defaults(field.get("fields", []))

    config = cms_config(site_of(ROOT / "content"), LOCAL, "")
    found = {default for collection in config["collections"] for default in defaults(collection["fields"])}
    assert found == {("date", "{{now}}"), ("status", "draft")}


def test_a_group_that_may_be_left_out_asks_for_nothing():
    for collection in cms_config(site_of(ROOT / "content"), LOCAL, "")["collections"]:
        for field in collection["fields"]:
            if field["widget"] == "object" and not field["required"]:
                assert not any(inner["required"] for inner in field["fields"])


def test_pictures_of_every_folder_can_be_chosen():
    """A pattern such as {{year}} lists nothing: folders are named; `editor/editor.js` spells out the rest."""
    folders = cms_config(site_of(ROOT / "content"), LOCAL, "content/", ["2026", "tap-huan", "lo-go"])["asset_collections"]
    assert [(folder["label"], folder["media_folder"], folder["public_folder"]) for folder in folders] == [
        ("Năm 2026", "content/media/2026", "/media/2026"),
        ("Tập huấn và tài liệu", "content/media/tap-huan", "/media/tap-huan"),
        ("lo-go", "content/media/lo-go", "/media/lo-go"),
    ]


TEAM = """
editor:
  backend: gitlab
  host: https://git.tinh.gov.vn/
  repo: chuyen-doi-so/trang-tin
  app_id: abc123
"""


HOSTS = {
    "gitlab": {
        "name": "gitlab", "auth_type": "pkce", "api_root": "https://git.tinh.gov.vn/api/v4",
        "graphql_api_root": "https://git.tinh.gov.vn/api/graphql",
    },
    "gitea": {"name": "gitea", "api_root": "https://git.tinh.gov.vn/api/v1"},
    "forgejo": {"name": "gitea", "api_root": "https://git.tinh.gov.vn/api/v1"},
}  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_a_team_works_against_its_git_host(tmp_path, host):
    content = tmp_path / "content"
    content.mkdir()
    base = (SITES / "base.yml").read_text("utf-8")
    (content / "site.yml").write_text(base, "utf-8")
    with pytest.raises(WrongUse, match=r"site\.yml chưa có mục editor"):
        write_editor(EDITOR, content, tmp_path / "out")
    (content / "site.yml").write_text(base + TEAM.replace("gitlab", host), "utf-8")
    write_editor(EDITOR, content, tmp_path / "out")
    written = json.loads((tmp_path / "out/config.json").read_text("utf-8"))
    config = written["config"]
    # the steps of a review are GitLab's alone
    assert config["publish_mode"] == ("editorial_workflow" if host == "gitlab" else "simple")
    assert (written["events"], written["token"], config["media_folder"]) == (None, None, "content/media")
    assert {name: value for name, value in config["backend"].items() if name != "commit_messages"} == {
        "repo": "chuyen-doi-so/trang-tin", "branch": "main", "app_id": "abc123", "base_url": "https://git.tinh.gov.vn", **HOSTS[host],
    }  # fmt: skip
    assert [one["folder"] for one in config["collections"]] == [f"content/{kind}" for kind in Kind]
    for name in (
        "index.html",
        "editor.js",
        "front-matter.js",
        "sveltia/npm/index.js",
        "sveltia/locales/vi.js",
        "site.css",
        "yaml/index.js",
    ):
        assert (tmp_path / "out" / name).is_file()
    with pytest.raises(WrongUse, match="đã có tệp"):
        write_editor(EDITOR, content, tmp_path / "out")


# ── the bundle ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def words_of(values, prefix=""):
    for name, value in values.items():
        yield from words_of(value, f"{prefix}{name}.") if isinstance(value, dict) else [(f"{prefix}{name}", value)]


def test_every_word_of_the_editor_is_vietnamese():
    english = dict(words_of(json.loads((EDITOR.sveltia.root / "locales/en-US.json").read_text("utf-8"))))
    words = dict(words_of(EDITOR.sveltia.locale()))
    assert words.keys() == english.keys()
    same = {english[name] for name, value in words.items() if value == english[name]}
    assert same == {"MIDI", "JavaScript", "URL", "{$size} KB", "{$size} MB", "{$size} GB", "{$size} TB"}


def test_the_bundle_asks_no_other_host():
    """But for the addresses of services that no configuration here names, which the policy of the page closes anyway."""
    script = EDITOR.sveltia.script
    assert re.findall(r"unpkg\.com|jsdelivr|githubstatus\.com|tile\.openstreetmap", script) == []
    named = re.findall(r"url\(([^)]*\.woff2)\)", script)
    assert len(named) == 3
    assert all(EDITOR.read(name, {}) for name in named)
    assert re.findall(r"Source Sans 3\", |Noto Mono\", ", script) == []


def test_another_bundle_is_refused_before_anybody_writes(tmp_path):
    """Its changes are for the pinned version; without them unsaved text could be lost."""
    package = tmp_path / "@sveltia/cms"
    for folder in ("npm/assets", "npm/chunks", "locales"):
        (package / folder).mkdir(parents=True)
    (package / "npm/index.js").write_text("export default {};", "utf-8")
    with pytest.raises(WrongUse, match="chưa được cài"):
        _ = SveltiaFiles(tmp_path, EDITOR.own / "vi.json").script


def test_no_release_holds_the_editor(small):
    assert not (small / "bien-tap").exists()
    assert b"sveltia" not in b"".join(path.read_bytes() for path in small.rglob("*.js"))


@pytest.mark.parametrize(
    "path",
    [
        "/bien-tap/../tasks.py",
        "/bien-tap//etc/passwd",
        "/bien-tap/package.json",
        "/bien-tap/yaml/../package.json",
        "/bien-tap/vi.json",
        "/bien-tap/sveltia/package.json",
        "/bien-tap/sveltia/../vi.json",
        "/bien-tap/sveltia/npm/index.js.map",
        "/tin-tuc/",
    ],
)
def test_nothing_but_the_editors_files_is_served(path):
    assert EditorPages(EDITOR, ROOT / "content", "/events").get(path, {}) is None


# ── what is missing ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_its_packages_one_line_says_so(tmp_path):
    with pytest.raises(WrongUse) as stopped:
        EditorFiles(tmp_path, ROOT / "theme").check()
    assert str(stopped.value) == "Trang biên tập chưa được cài. Cách sửa: gõ make editor, lệnh này tự cài những gì cần."


def test_git_must_know_the_branch_and_who_commits(tmp_path, monkeypatch):
    content = tmp_path / "content"
    content.mkdir()
    shutil.copy(SITES / "base.yml", content / "site.yml")
    check_repository(content)  # no repository: files alone
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
        check_repository(content)
    git("config", "user.name", "Bình")
    git("config", "user.email", "binh@thu-nghiem.vn")
    check_repository(content)
    assert EditorPages(EDITOR, content, "/events").api.branch() == "chinh"
    git("commit", "-qm", "Đầu")
    git("checkout", "-q", "--detach")
    with pytest.raises(WrongUse, match="Kho Git không ở trên nhánh nào"):
        check_repository(content)


def test_the_small_site_still_builds_with_a_team_named(tmp_path, output):
    content = shutil.copytree(SITES / "small", tmp_path / "content")
    with (content / "site.yml").open("a", encoding="utf-8") as settings:
        settings.write(TEAM)
    build_site(content, output)
    assert "git.tinh.gov.vn" not in (tmp_path / "output/index.html").read_text("utf-8")
