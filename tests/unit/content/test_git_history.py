"""The versions of content files, read from real repositories."""

import os
from datetime import UTC, datetime
from unicodedata import normalize

import pytest
from repositories import commit, git

from chuyendoiso.content.git_history import parse_facts, read_history
from chuyendoiso.system.errors import WrongUse

ARTICLE = "---\ntitle: Bài\nstatus: {}\ntopic: xa-hoi-so\n---\n{}\n"
EPOCH = 1_700_000_000  # Git takes no smaller number for a date
LONG = "Một đoạn đủ dài để Git nhận ra tệp đã đổi tên. " * 9


@pytest.fixture
def folder(tmp_path):
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "content/tin-tuc/2026").mkdir(parents=True)
    return tmp_path


def write(folder, name, status="published", body=LONG):
    path = folder / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ARTICLE.format(status, body), "utf-8")


def save(folder, time):
    commit(folder, when=str(EPOCH + time))


def seconds(time):
    return None if time is None else int(time.timestamp()) - EPOCH


def read(folder):
    return read_history(folder / "content")


def test_first_and_last_commit_of_each_file(folder):
    write(folder, "tin-tuc/2026/a.md")
    save(folder, 1000)
    write(folder, "tin-tuc/2026/b.md")
    write(folder, "tin-tuc/2026/a.md", body="Khác.")
    save(folder, 2000)
    (folder / "README").write_text("x", "utf-8")
    save(folder, 3000)
    files = read(folder).files
    assert {name: (seconds(file.first), seconds(file.changed)) for name, file in files.items()} == {
        "tin-tuc/2026/a.md": (1000, 2000), "tin-tuc/2026/b.md": (2000, 2000),
    }  # fmt: skip
    assert files["tin-tuc/2026/a.md"].number < files["tin-tuc/2026/b.md"].number


def test_a_content_folder_may_be_the_repository(folder):
    git(folder / "content", "init", "-q", "-b", "main")
    write(folder, "tin-tuc/2026/a.md")
    save(folder / "content", 1000)
    assert list(read(folder).files) == ["tin-tuc/2026/a.md"]


@pytest.mark.parametrize("body", [LONG, LONG + "Thêm một câu."])
def test_a_renamed_file_keeps_its_history(folder, body):
    write(folder, "tin-tuc/2026/cu.md")
    save(folder, 1000)
    git(folder, "mv", "content/tin-tuc/2026/cu.md", "content/tin-tuc/2026/mới.md")
    write(folder, "tin-tuc/2026/mới.md", body=body)
    save(folder, 2000)
    (file,) = read(folder).files.items()
    assert (file[0], seconds(file[1].first), seconds(file[1].changed)) == ("tin-tuc/2026/mới.md", 1000, 2000)


def test_a_merge_is_one_commit_of_the_main_line(folder):
    write(folder, "tin-tuc/2026/a.md")
    save(folder, 1000)
    git(folder, "switch", "-qc", "nhanh")
    write(folder, "tin-tuc/2026/b.md")
    save(folder, 2000)
    git(folder, "switch", "-q", "main")
    write(folder, "tin-tuc/2026/a.md", body="Khác.")
    save(folder, 3000)
    git(folder, "merge", "-q", "--no-edit", "nhanh", when=str(EPOCH + 5000))
    assert seconds(read(folder).files["tin-tuc/2026/b.md"].first) == 5000  # readers could have it from then on


def pulled(folder, message):
    """Commit here and there, and merge there into here: which of both had readers, the message says."""
    write(folder, "tin-tuc/2026/a.md")
    save(folder, 1000)
    git(folder, "switch", "-qc", "khac")
    write(folder, "tin-tuc/2026/dang.md")
    save(folder, 2000)
    git(folder, "switch", "-q", "main")
    write(folder, "tin-tuc/2026/rieng.md")
    save(folder, 1500)
    git(folder, "merge", "-q", "-m", message, "khac", when=str(EPOCH + 3000))
    files = read(folder).files
    return {name: seconds(files[f"tin-tuc/2026/{name}.md"].first) for name in ("dang", "rieng")}


@pytest.mark.parametrize(
    "message",
    [
        "Merge branch 'main' of https://git.tinh.vn/tin",
        "Merge branch 'main' of https://git.tinh.vn/tin into main",
        "Merge remote-tracking branch 'origin/main'",
    ],
)
def test_pulled_commits_come_before_the_merge(folder, message):
    """`git pull` makes one's own branch the first parent, although readers had the other."""
    assert pulled(folder, message) == {"dang": 2000, "rieng": 3000}


@pytest.mark.parametrize(
    "message",
    [
        "Merge branch 'khac'",
        "Merge branch 'khac' of https://git.tinh.vn/tin",
        "Merge branch 'main' of https://git.tinh.vn/tin into khac",
    ],
)
def test_what_is_merged_arrives_with_the_merge(folder, message):
    assert pulled(folder, message) == {"dang": 3000, "rieng": 1500}


def test_a_content_folder_that_is_renamed_keeps_its_history(folder):
    write(folder, "tin-tuc/2026/a.md")
    save(folder, 1000)
    git(folder, "mv", "content", "noi-dung")
    save(folder, 2000)
    assert seconds(read_history(folder / "noi-dung").files["tin-tuc/2026/a.md"].first) == 1000


def test_a_name_that_a_mac_writes_otherwise_is_the_same(folder):
    name = "tin-tuc/2026/bài.md"
    write(folder, name)
    save(folder, 1000)
    (folder / "content" / name).unlink()
    write(folder, normalize("NFD", name), body="Nội dung khác hẳn. " * 40)
    save(folder, 2000)
    (file,) = read(folder).files.items()
    assert (file[0], seconds(file[1].first), seconds(file[1].changed)) == (name, 1000, 2000)


def test_media_files_and_numbers_of_documents_have_their_last_change(folder):
    write(folder, "van-ban/a.md", body=LONG)
    path = folder / "content/van-ban/a.md"
    path.write_text(path.read_text("utf-8").replace("title:", "document_number: 1/QĐ-UBND\ntitle:"), "utf-8")
    (folder / "content/media").mkdir()
    (folder / "content/media/a.pdf").write_bytes(b"1")
    save(folder, 1000)
    write(folder, "van-ban/b.md", body="Khác.")
    path = folder / "content/van-ban/b.md"
    path.write_text(path.read_text("utf-8").replace("title:", "replaces: [1/qđ-ubnd]\ntitle:"), "utf-8")
    (folder / "content/media/a.pdf").write_bytes(b"2")
    save(folder, 2000)
    assert {name: seconds(time) for name, time in read(folder).numbers.items()} == {"1/qđ-ubnd": 2000}
    write(folder, "van-ban/b.md", body="Khác.")  # no longer named: that is a change of the other, too
    save(folder, 3000)
    history = read(folder)
    assert {name: seconds(time) for name, time in history.numbers.items()} == {"1/qđ-ubnd": 3000}
    assert {name: seconds(time) for name, time in history.media.items()} == {"media/a.pdf": 2000}


def test_a_slow_clock_moves_no_date_back(folder):
    write(folder, "tin-tuc/2026/a.md")
    save(folder, 2000)
    write(folder, "tin-tuc/2026/a.md", "withdrawn")
    save(folder, 1000)
    file = read(folder).files["tin-tuc/2026/a.md"]
    assert (seconds(file.changed), seconds(file.withdrawn)) == (2000, 2000)


def test_dates_of_withdrawal_restoration_and_departure(folder):
    for time, status in ((1000, "published"), (2000, "'withdrawn'"), (3000, "published"), (4000, "draft")):
        write(folder, "tin-tuc/2026/a.md", status)
        save(folder, time)
    history = read(folder)
    assert seconds(history.files["tin-tuc/2026/a.md"].restored) == 3000
    assert {name: seconds(time) for name, time in history.departures.items()} == {
        "tat-ca": 4000,
        "tin-tuc": 4000,
        "chu-de/xa-hoi-so": 4000,
    }


def test_what_is_not_committed_is_as_old_as_its_file(folder):
    write(folder, "tin-tuc/2026/a.md")
    save(folder, 1000)
    write(folder, "tin-tuc/2026/a.md", "withdrawn")
    write(folder, "tin-tuc/2026/b.md")
    for name in "ab":
        os.utime(folder / f"content/tin-tuc/2026/{name}.md", (EPOCH + 9000, EPOCH + 9000))
    files = read(folder).files
    assert (seconds(files["tin-tuc/2026/a.md"].withdrawn), seconds(files["tin-tuc/2026/b.md"].first)) == (9000, 9000)
    os.utime(folder / "content/tin-tuc/2026/a.md", (EPOCH, EPOCH))  # put back from a copy
    assert seconds(read(folder).files["tin-tuc/2026/a.md"].withdrawn) == 1001


def test_without_a_repository_or_a_commit_there_is_no_history(tmp_path, folder):
    assert read(folder) is None
    assert read_history(tmp_path.parent / "khong-co") is None


def test_a_shallow_clone_is_refused_with_the_remedy(folder, tmp_path):
    for time in (1000, 2000):
        write(folder, "tin-tuc/2026/a.md", body=str(time))
        save(folder, time)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{folder}", "nong")
    with pytest.raises(WrongUse) as refused:
        read_history(tmp_path / "nong/content")
    assert str(refused.value) == (
        "Kho Git này chỉ có những commit gần đây (shallow), nên không biết bài nào mới, sửa hay gỡ lúc nào. Cách sửa: chạy git fetch "
        "--unshallow; trong CI thì lấy đủ lịch sử (actions/checkout: fetch-depth: 0; GitLab: GIT_DEPTH: 0)."
    )
    git(tmp_path / "nong", "fetch", "-q", "--unshallow")
    assert seconds(read_history(tmp_path / "nong/content").files["tin-tuc/2026/a.md"].first) == 1000


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"---\nstatus: withdrawn\ntopic: a-b\n---\n", ("withdrawn", "a-b")),
        ("---\nstatus: “withdrawn”  # đã hỏi\n---\n".encode(), ("withdrawn", "")),
        (b'---\n"status": withdrawn\n---\n', ("withdrawn", "")),
        (b"---\nstatus:\n  withdrawn\n---\n", ("withdrawn", "")),
        (b"---\nstatus: >-\n  draft\n---\n", ("draft", "")),
        ("\ufeff---\r\nstatus : 'Draft'\r\n---\r\n".encode(), ("draft", "")),
        (b"---\ntitle: a\n---\nstatus: withdrawn\n", ("published", "")),
        (b"---\nsource:\n  status: withdrawn\n---\n", ("published", "")),
        (b"\xff\xfe\x00", ("published", "")),
        (b"", ("published", "")),
    ],
)
def test_a_faulty_version_is_read_as_far_as_it_goes(raw, expected):
    facts = parse_facts("tin-tuc/2026/a.md", raw)
    assert (facts.status, facts.topic) == expected


def test_a_session_is_what_a_calendar_shows_of_it():
    text = "---\ntitle: Hội nghị\nstatus: published\nsession:\n  starts_at: {}\n  ends_at: 2026-12-10 16:00\n  attendance: {{online: {}}}\n---\n{}"
    variants = [
        text.format(*values)
        for values in (("2026-12-10 14:00", 1, "a"), ("2026-12-10 14:00", 2, "b"), ("2026-12-10 15:00", 1, "a"))
    ]
    session, same, other = (parse_facts("tap-huan/a.md", variant.encode()).session for variant in variants)
    assert session == same != other
    assert parse_facts("tap-huan/a.md", variants[0].replace("status: published\n", "").encode()).session == session
    assert parse_facts("tin-tuc/2026/a.md", variants[0].encode()).session == ""


def test_times_are_utc(folder):
    write(folder, "tin-tuc/2026/a.md")
    save(folder, 1000)
    assert read(folder).files["tin-tuc/2026/a.md"].first == datetime.fromtimestamp(EPOCH + 1000, UTC)
