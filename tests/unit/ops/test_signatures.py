"""Signatures with real keys: which commits must be signed, whose keys are accepted, and the report on the others."""

from pathlib import Path

import pytest
from repositories import commit, git, signing_keys, small_repository

from chuyendoiso.ops.commit_signatures import Commit, check_signatures, parse_verdict, refuse_unsigned, touches_code
from chuyendoiso.system.errors import BuildStopped, WrongUse

ARTICLE = "content/tin-tuc/2026/cho-phien.md"
DAY = "2026-11-24"


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> Path:
    return signing_keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def root(tmp_path) -> Path:
    root = small_repository(tmp_path / "trang")
    git(root, "tag", "bat-dau")
    return root


def change(root: Path, path: str, message: str, key: Path | None = None, text: str = "khác") -> str:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")
    if key:
        git(root, "config", "gpg.format", "ssh")
        git(root, "config", "user.signingKey", key)
    return commit(root, message, *(["-S"] if key else ["--no-gpg-sign"]))


def check_report(root: Path, keys: Path, since: str = "bat-dau") -> str:
    try:
        return refuse_unsigned(check_signatures(root, "content", since, keys), since)
    except WrongUse:
        raise
    except BuildStopped as stopped:
        return str(stopped)


def line(identifier: str, subject: str, fault: str) -> str:
    return f'{identifier[:12]} {DAY} Biên tập viên "{subject}": {fault}.'


def test_signed_code_and_unsigned_content_are_accepted(root, keys):
    change(root, ARTICLE, "Sửa bài")
    change(root, "theme/main.css", "Đổi màu", keys / "bao-tri")
    assert (
        check_report(root, keys / "allowed_signers")
        == "Đã xem 2 commit sau bat-dau: 1 commit đổi phần ngoài nội dung, đều có chữ ký đúng."
    )
    assert (
        check_report(root, keys / "allowed_signers", "HEAD")
        == "Đã xem 0 commit sau HEAD: 0 commit đổi phần ngoài nội dung, đều có chữ ký đúng."
    )


def test_every_commit_with_a_fault_is_reported(root, keys):
    unsigned = change(root, "tasks.py", "Thêm\tlệnh \x1b[31m")
    stranger = change(root, "theme/main.css", "Đổi màu", keys / "nguoi-la")
    (root / "theme/print.css").write_text("x", "utf-8")
    both = change(root, ARTICLE, "Sửa bài, và hơn thế", text="bài")
    change(root, "Makefile", "Sửa lệnh", keys / "bao-tri")
    forged = forge(root, git(root, "rev-parse", "HEAD").strip())
    assert check_report(root, keys / "allowed_signers").splitlines() == [
        line(forged, "Sửa lệch", "chữ ký không đúng"),
        line(both, "Sửa bài, và hơn thế", "không có chữ ký SSH"),
        line(stranger, "Đổi màu", "ký bằng khóa không có trong danh sách"),
        f'{unsigned[:12]} {DAY} Biên tập viên "Thêm lệnh \N{REPLACEMENT CHARACTER}[31m": không có chữ ký SSH.',
        "4 trong 4 commit đổi phần ngoài nội dung không có chữ ký đúng.",
    ]


def forge(root: Path, identifier: str) -> str:
    """Change a signed commit's words and keep its signature."""
    data = git(root, "cat-file", "commit", identifier).replace("Sửa lệnh", "Sửa lệch")
    (root / ".git/forged").write_text(data, "utf-8")
    forged = git(root, "hash-object", "-t", "commit", "-w", root / ".git/forged").strip()
    git(root, "reset", "-q", "--soft", forged)
    return forged


def test_a_merge_that_takes_code_back_must_be_signed(root, keys):
    git(root, "checkout", "-q", "bien-tap")
    change(root, ARTICLE, "Sửa bài")
    git(root, "checkout", "-q", "main")
    change(root, "theme/main.css", "Vá lỗ hổng", keys / "bao-tri")
    git(root, "checkout", "-q", "bien-tap")
    git(root, "merge", "-q", "--no-gpg-sign", "-s", "ours", "-m", "Gộp", "main")
    merged = git(root, "rev-parse", "HEAD").strip()
    assert check_report(root, keys / "allowed_signers").splitlines() == [
        line(merged, "Gộp", "không có chữ ký SSH"),
        "1 trong 2 commit đổi phần ngoài nội dung không có chữ ký đúng.",
    ]


def test_a_file_moved_out_of_the_content_is_code(root, keys):
    git(root, "mv", ARTICLE, "bai.md")
    moved = commit(root, "Chuyển")
    assert check_report(root, keys / "allowed_signers").startswith(line(moved, "Chuyển", "không có chữ ký SSH"))


def test_a_list_changed_by_the_commits_is_refused(root, keys):
    listed = root / "allowed_signers"
    change(root, listed.name, "Thêm khóa của tôi", keys / "nguoi-la", f"x@x.vn {(keys / 'nguoi-la.pub').read_text('utf-8')}")
    with pytest.raises(WrongUse) as refused:
        check_report(root, listed)
    assert str(refused.value) == (
        "Tệp khóa allowed_signers không còn như ở bat-dau: commit đang xét có thể tự thêm khóa của mình. "
        "Cách sửa: lấy tệp ở bat-dau ra ngoài kho rồi chạy lại."
    )
    assert check_report(root, listed, "HEAD").startswith("Đã xem 0 commit")


WRONG = {
    "no such commit": ("khong-co", "allowed_signers", 'Không có commit nào tên là "khong-co". Cách sửa: ghi mã commit, nhánh hoặc thẻ, ví dụ --since origin/main.'),
    "an option for a commit": ("--all", "allowed_signers", 'Không có commit nào tên là "--all". Cách sửa: ghi mã commit, nhánh hoặc thẻ, ví dụ --since origin/main.'),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_wrong_use_is_reported(root, keys, case):
    since, file, message = WRONG[case]
    with pytest.raises(WrongUse) as wrong:
        check_report(root, keys / file, since)
    assert str(wrong.value) == message


def test_a_missing_list_is_reported(root, keys):
    with pytest.raises(WrongUse, match=r"^Không có tệp khóa \S+none\. Cách sửa: ghi tệp allowed_signers"):
        check_report(root, keys / "none")


GOOD = 'Good "git" signature for bao-tri@tinh.gov.vn with ED25519 key SHA256:abc'
VERDICTS = [
    ((0, GOOD), None),
    ((1, GOOD), "chữ ký không đúng"),
    ((0, "gpg: Good signature from bao-tri"), "chữ ký không đúng"),
    ((1, 'Good "git" signature with ED25519 key SHA256:abc\nNo principal matched.'), "ký bằng khóa không có trong danh sách"),
    ((1, "Could not verify signature."), "chữ ký không đúng"),
    ((1, ""), "không có chữ ký SSH"),
]


@pytest.mark.parametrize(("result", "fault"), VERDICTS)
def test_the_result_of_git_is_parsed(result, fault):
    assert parse_verdict(*result) == fault


TOUCHED = [
    (["content/a.md"], False),
    (["content/a.md", "tasks.py"], True),
    (["contents/a.md"], True),
    (["content"], True),
    (["x/content/a.md"], True),
    ([], False),
]


@pytest.mark.parametrize(("paths", "expected"), TOUCHED)
def test_what_is_code(paths, expected):
    assert touches_code(paths, "content") == expected


def test_a_line_is_one_line():
    assert (
        str(Commit("a" * 40, DAY, "A\nB", "C\x07D", "không có chữ ký SSH"))
        == f'{"a" * 12} {DAY} A B "C\N{REPLACEMENT CHARACTER}D": không có chữ ký SSH.'
    )
