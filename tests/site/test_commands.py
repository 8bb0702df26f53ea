"""The commands as they are typed: exit statuses, what stands on which stream, and that the documents name them rightly."""

import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from conftest import ROOT, SITES, SOAK, copy_release, invoke
from guides import commands_in
from locking import HELD, held_by_another

from bench.corpus import our_file, write_corpus

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_a_build_of_another_folder_says_what_it_did(tmp_path):
    output = tmp_path / "site"
    done = invoke("build", "--content", SITES / "small", "--output", output)
    assert (done.returncode, done.stdout) == (0, "")
    lines = done.stderr.splitlines()
    assert lines[:2] == ["  Đọc và kiểm tra tệp nội dung: 14", "  Đo ảnh và tệp đính kèm: 3"]
    assert re.fullmatch(
        r"Đã dựng bản mới: \d tin tức, 3 văn bản, 3 tập huấn và tài liệu, 2 trang riêng; \d hẹn giờ, 1 bản nháp, 1 đã gỡ; "
        r"\d+ trang, 25 nguồn tin, \d+ ảnh; \d+,\d giây\.( Trang tự đổi lần tới lúc \d\d:\d\d \d\d/\d\d/\d{4}\.)?",
        lines[-1],
    )
    assert output.is_symlink()
    assert (output / "index.html").is_file()
    assert (
        invoke("build", "--content", SITES / "small", "--output", output)
        .stderr.splitlines()[-1]
        .startswith("Không có gì thay đổi: ")
    )


def test_errors_end_with_1_wrong_use_with_2_and_a_held_lock_with_75(tmp_path):
    content, output = tmp_path / "content", tmp_path / "output"
    shutil.copytree(SITES / "broken/empty-file", content, ignore=shutil.ignore_patterns("expected.txt"))
    shutil.copy(SITES / "base.yml", content / "site.yml")
    line = "content/tin-tuc/2026/bai.md:1: Tệp rỗng. Cách sửa: viết nội dung, hoặc xóa tệp nếu không cần. [empty-file]"
    wrong = invoke("build", "--content", content, "--output", output)
    assert (wrong.returncode, wrong.stderr.splitlines()[-2:]) == (1, [line, "1 lỗi, 0 cảnh báo trong 1 tệp."])
    assert not output.exists()
    missing = invoke("build", "--content", tmp_path / "none", "--output", output)
    assert (missing.returncode, "--content" in missing.stderr, "Traceback" in missing.stderr) == (2, True, False)
    with held_by_another(tmp_path / ".output-releases/lock"):
        busy = invoke("build", "--content", SITES / "small", "--output", output)
    message = f"Một lệnh khác đang dùng output: {HELD}. Cách sửa: đợi lệnh ấy xong rồi chạy lại."
    assert (busy.returncode, busy.stderr.splitlines()[-1]) == (75, message)


def test_check_prints_lines_for_people_and_json_for_machines(tmp_path):
    good = invoke("check", "--content", SITES / "small")
    assert (good.returncode, good.stdout, good.stderr) == (0, "Không có lỗi nào.\n", "")
    assert json.loads(invoke("check", "--content", SITES / "small", "--json").stdout) == []
    content = tmp_path / "content"
    shutil.copytree(SITES / "broken/unknown-topic", content, ignore=shutil.ignore_patterns("expected.txt"))
    shutil.copy(SITES / "base.yml", content / "site.yml")
    expected = (SITES / "broken/unknown-topic/expected.txt").read_text("utf-8")
    reported = invoke("check", "--content", content)
    assert (reported.returncode, reported.stdout) == (1, expected)
    listed = invoke("check", "--content", content, "--json")
    assert listed.returncode == 1
    assert json.loads(listed.stdout) == [
        {
            "path": "content/tin-tuc/2026/bai.md",
            "line": 5,
            "rule": "unknown-topic",
            "message": 'Chủ đề "xa-hoi" không có trong mục topics của site.yml.',
            "remedy": "có phải là xa-hoi-so?",
            "severity": "error",
        }
    ]


def test_check_mends_what_needs_no_guess(tmp_path):
    content = tmp_path / "content"
    (content / "tin-tuc/2026").mkdir(parents=True)
    shutil.copy(SITES / "base.yml", content / "site.yml")
    article = content / "tin-tuc/2026/bai.md"
    old = "\ufeffTitle: Ba\u0300i cu\u0303: mới\r\nDate: 2026-11-20\r\nCategory: xa-hoi-so\r\nTags: tập huấn, Zalo\r\nSummary: Tóm tắt.\r\n\r\nChữ.\r\n"
    article.write_bytes(old.encode())
    mended = invoke("check", "--content", content, "--fix")
    assert (mended.returncode, mended.stdout) == (0, "Không có lỗi nào.\n")
    assert mended.stderr == (
        "Đã sửa content/tin-tuc/2026/bai.md: bỏ dấu BOM, đổi dấu xuống dòng, gộp dấu tiếng Việt (NFC), "
        "đổi phần khai báo kiểu cũ sang YAML.\n"
    )
    assert article.read_text("utf-8") == (
        '---\ntitle: "Bài cũ: mới"\ndate: "2026-11-20"\ntopic: "xa-hoi-so"\ntags: ["tập huấn", "Zalo"]\nsummary: "Tóm tắt."\n---\n\nChữ.\n'
    )


def test_publishing_refuses_the_committed_placeholders_and_illustrative_content(tmp_path, project):
    refused = invoke("publish", "--output", tmp_path / "output", cwd=project)
    rules = re.findall(r"\[([\w-]+)\]$", refused.stderr, re.MULTILINE)
    assert (refused.returncode, rules) == (1, ["placeholder-url", "placeholder-authority"])
    assert invoke("demo", "--items", 5, "--no-build", cwd=project).returncode == 0
    settings = project / ".demo/content/site.yml"
    settings.write_text(settings.read_text("utf-8").replace("minh-hoa.invalid", "minh-hoa.gov.vn"), "utf-8")
    demo = invoke("publish", "--content", project / ".demo/content", "--output", tmp_path / "output", cwd=project)
    message = "Nội dung minh họa không đăng được. Cách sửa: đăng từ thư mục content/ thật."
    assert (demo.returncode, demo.stderr.splitlines()[-1]) == (2, message)
    assert not (tmp_path / "output").exists()


def test_publishing_verifies_and_says_where_the_site_lies(project, output):
    done = invoke("publish", "--content", SITES / "small", "--output", output, cwd=project)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        0,
        f"Bản đăng nằm ở {output}. publishconf.py chưa khai báo DEPLOY_TO nên chưa chép đi đâu.",
    )


def test_going_back_shows_what_was_published_before(project, small_content, output):
    article = small_content / "tin-tuc/2026/cho-phien.md"
    for old, new in (("Chợ phiên", "Chợ phiên"), ("Chợ phiên", "Chợ quê")):
        article.write_text(article.read_text("utf-8").replace(old, new), "utf-8")
        assert invoke("publish", "--content", small_content, "--output", output, cwd=project).returncode == 0
    page = output / "tin-tuc/2026/cho-phien/index.html"
    assert "Chợ quê" in page.read_text("utf-8")
    back = invoke("rollback", "--output", output, cwd=project)
    assert (back.returncode, "đang hiện bản 000001, dựng lúc" in back.stdout, "Chợ phiên" in page.read_text("utf-8")) == (
        0,
        True,
        True,
    )
    none = invoke("rollback", "--output", output, cwd=project)
    assert (none.returncode, none.stderr.splitlines()[-1]) == (
        2, "output không còn bản đã đăng nào cũ hơn để quay lại. Cách sửa: sửa nội dung rồi đăng lại."
    )  # fmt: skip


# a shell's background job, and so its children, would ignore an interruption
HEEDING = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from invoke.main import program
program.run()
"""


@pytest.mark.parametrize("after", [0.6, 1.2, 2.0] if SOAK else [1.2])
@pytest.mark.soak
def test_ctrl_c_leaves_the_old_release_and_no_process(tmp_path, after):
    content, output = tmp_path / "content", tmp_path / "output"
    write_corpus(content, our_file, 20)
    assert invoke("build", "--content", content, "--output", output).returncode == 0
    before = output.readlink()
    write_corpus(content, our_file, 400, seed=2)
    command = [sys.executable, "-c", HEEDING, "build", "--content", str(content), "--output", str(output)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        time.sleep(after)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
        _, reported = process.communicate(timeout=30)
    assert (process.returncode, reported.splitlines()[-1], "Traceback" in reported) == (130, "Đã dừng theo yêu cầu.", False)
    assert output.readlink() == before
    assert [one for one in Path("/proc").glob("[0-9]*") if session_of(one) == process.pid] == []
    shutil.rmtree(content)
    write_corpus(content, our_file, 21)
    assert invoke("build", "--content", content, "--output", output).returncode == 0


def session_of(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[3])
    except OSError:
        return 0


def test_serve_builds_serves_and_builds_again_on_save(tmp_path, small_content):
    command = [sys.executable, "-u", "-m", "invoke", "serve", "--content", str(small_content), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            address = await_line(process, r"Xem trang tại (\S+)")
            assert "Chợ phiên lên mạng" in read(f"{address}tin-tuc/2026/cho-phien/")
            article = small_content / "tin-tuc/2026/cho-phien.md"
            article.write_text(article.read_text("utf-8").replace("Chợ phiên", "Chợ quê"), "utf-8")
            deadline = time.monotonic() + 20
            while "Chợ quê lên mạng" not in read(f"{address}tin-tuc/2026/cho-phien/") and time.monotonic() < deadline:
                time.sleep(0.1)
            assert "Chợ quê lên mạng" in read(f"{address}tin-tuc/2026/cho-phien/")
        finally:
            process.terminate()


def await_line(process: subprocess.Popen[str], pattern: str) -> str:
    assert process.stdout
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        ready, _, _ = select.select([process.stdout], [], [], 1)
        if ready and (found := re.search(pattern, process.stdout.readline())):
            return found[1]
    raise AssertionError(f"no line like {pattern}")


def read(address: str) -> str:
    with urlopen(address) as answer:
        return str(answer.read().decode())


# ── the documents ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_command_in_the_documents_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    tasks = set(re.findall(r"^  ([a-z-]+)\s", invoke("--list").stdout, re.MULTILINE))
    unknown = {}
    for document in DOCUMENTS:
        for command in commands_in(document.read_text("utf-8")):
            words = command.split()
            if words[0] == "make" and len(words) > 1 and words[1] not in targets:
                unknown[document.name] = command
            if words[0].endswith("invoke") and len(words) > 1 and not words[1].startswith("-") and words[1] not in tasks:
                unknown[document.name] = command
    assert unknown == {}


ELSEWHERE = {
    "make test",
    "make soak",
    "make bare",
    "make bench",
    "make lighthouse",
    "make serve",
    "make editor",
    "make new",
    "invoke nginx",
    "make import FILE=ten-tep.docx",
    "make publish",
    "make backup",
    "make audit",
    "invoke doctor",
    ".venv/bin/invoke signatures",
    "make clean",
    "invoke publish",
    "invoke update",
    ".venv/bin/invoke rollback",
}


@pytest.mark.soak
def test_every_command_of_the_readme_runs(project, committed):
    """But `make test`, in which this runs, what is too long, what has a test of its own, and what ends something."""
    elsewhere = ELSEWHERE if SOAK else {*ELSEWHERE, "make demo"}
    for output in (project / "output", project / ".review/output"):
        copy_release(committed, output)
    readme = (ROOT / "README.md").read_text("utf-8")
    ran = {}
    for command in sorted(set(commands_in(readme)) - elsewhere):
        typed = command.replace("invoke ", ".venv/bin/invoke ", 1) if command.startswith("invoke ") else command
        done = subprocess.run(typed.split(), cwd=project, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        ran[command] = (done.returncode, done.stderr[-500:] if done.returncode else "")
    assert {"make html", "make check", "make help"} <= set(ran)
    assert {command: result for command, result in ran.items() if result[0]} == {}


def test_make_without_a_target_lists_every_command(project):
    listed = subprocess.run(["make", "--no-print-directory"], cwd=project, capture_output=True, text=True, check=True).stdout
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert [line.split()[1] for line in listed.splitlines()] == targets


def test_every_rule_is_explained_to_editors():
    guide = (ROOT / "docs/bien-tap.md").read_text("utf-8")
    code = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "chuyendoiso").rglob("*.py")))
    printed = "\n".join(path.read_text("utf-8") for path in (SITES / "broken").rglob("expected.txt"))
    rules = set(re.findall(r"\[([a-z-]+)\]$", printed, re.MULTILINE))
    rules |= set(
        re.findall(
            r'(?:Wrong\(|Problem\([^"]*?|BodyWarning\([^"]*?|warn\(at, |return |FieldWarning\([^"]*?|Invalid\()\s*"([a-z]+(?:-[a-z]+)+)"',
            code,
        )
    )
    assert {rule for rule in rules if f"`{rule}`" not in guide} == set()


def test_every_field_is_explained_to_editors():
    from chuyendoiso.authoring.field_tables import make_tables

    guide = (ROOT / "docs/bien-tap.md").read_text("utf-8")
    assert [title for title, table in make_tables().items() if table not in guide] == []


@pytest.mark.parametrize(
    ("encoding", "reported"),
    [("ascii", "Khong co thu muc"), ("cp1252", "Không có thu muc"), ("cp1258", "Không có thư muc"), ("utf-8", "Không có thư mục")],
)
def test_output_of_any_encoding_is_legible(encoding, reported):
    command = [sys.executable, "-m", "invoke", "build", "--content", "khong-co"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": encoding}, capture_output=True, check=False)
    text = done.stderr.decode(encoding)
    assert (done.returncode, reported in text, "Traceback" in text, "?" in text) == (2, True, False, False)


def test_the_environment_works_in_a_folder_that_was_moved():
    """Its commands find Python beside them; what pip makes names the folder that it was made in."""
    script = (ROOT / ".venv/bin/invoke").read_text("utf-8")
    assert (str(ROOT.resolve()) in script, script.startswith("#!/bin/sh\n")) == (False, True)
    assert subprocess.run([ROOT / ".venv/bin/invoke", "--version"], cwd="/", capture_output=True, check=False).returncode == 0
