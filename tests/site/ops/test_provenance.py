"""Where a release comes from: the whole statement, read back with the framework's own bindings; and that it stays with its release."""

import importlib.metadata
import json
import platform
from pathlib import Path

import pytest
from conftest import NOW, ROOT, build_site
from google.protobuf import json_format
from in_toto_attestation.predicates.provenance.v1.provenance_pb2 import Provenance
from in_toto_attestation.v1.statement import Statement
from in_toto_attestation.v1.statement_pb2 import Statement as StatementMessage
from repositories import commit, small_repository

from chuyendoiso.ops.build_provenance import (
    BuildEnvironment,
    SourceRepository,
    check_provenance,
    make_provenance,
    parse_subject,
    read_environment,
    read_sources,
    write_provenance,
)
from chuyendoiso.ops.checksums import digest_of
from chuyendoiso.ops.packages import Pin, parse_pins, parse_requirements
from chuyendoiso.release.manifest import FileRecord, Release, ReleaseInfo, tree_hash
from chuyendoiso.release.store import delete, locked
from chuyendoiso.system.errors import BuildStopped, WrongUse

PLACED = {"index.html": FileRecord("f", "a" * 64, 10, 0, "home"), "tin-tuc/index.html": FileRecord("f", "b" * 64, 5, 0, "news")}
ABOUT = ReleaseInfo(
    built_at="2026-11-24T12:00:00+07:00", moment="2026-11-24T01:00:00+00:00", next_moment="2026-11-25T01:00:00+00:00",
    preview=False, published=True, stamp=1, pages=2, page_bytes=15,
)  # fmt: skip
AROUND = BuildEnvironment(
    authority="tinh.gov.vn,2026", sources=(SourceRepository("project", "c" * 40, True),), requirements="d" * 64,
    installed={"pelican": "4.12.0", "jinja2": "3.1.6"}, python="3.11.2", platform="Linux",
)  # fmt: skip
LATER = str(int(NOW.timestamp()) + 60)


@pytest.fixture
def root(tmp_path) -> Path:
    return small_repository(tmp_path / "trang")


def surroundings(root: Path) -> BuildEnvironment:
    """Of a repository that has content and code alike."""
    requirements = root / "requirements.txt"
    requirements.write_bytes((ROOT / "requirements.txt").read_bytes())
    return read_environment(root / "content", root, "tinh.gov.vn,2026")


def test_the_complete_statement():
    assert make_provenance(Release(Path("/x/000012"), ABOUT, PLACED), AROUND) == {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [
            {
                "name": "000012",
                "digest": {"sha256": tree_hash({"index.html": "a" * 64, "tin-tuc/index.html": "b" * 64})},
                "annotations": {"files": 2, "bytes": 15},
            }
        ],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": "tag:tinh.gov.vn,2026:build/v1",
                "externalParameters": {"published": True, "preview": False},
                "internalParameters": {"moment": "2026-11-24T01:00:00+00:00", "nextMoment": "2026-11-25T01:00:00+00:00"},
                "resolvedDependencies": [
                    {"name": "project", "digest": {"gitCommit": "c" * 40}, "annotations": {"clean": True}},
                    {"name": "requirements.txt", "digest": {"sha256": "d" * 64}},
                    {"uri": "pkg:pypi/jinja2@3.1.6"},
                    {"uri": "pkg:pypi/pelican@4.12.0"},
                ],
            },
            "runDetails": {
                "builder": {"id": "tag:tinh.gov.vn,2026:builder", "version": {"python": "3.11.2", "platform": "Linux"}},
                "metadata": {"finishedOn": "2026-11-24T05:00:00Z"},
            },
        },
    }


def test_the_bindings_of_the_framework_read_what_was_written(root):
    release = build_site(root / "content", root / "output", publishing=True).release
    around = surroundings(root)
    file = write_provenance(root / "output", around)
    assert file == root / ".output-releases/000001.provenance.json"
    statement = json_format.Parse(file.read_text("utf-8"), StatementMessage())
    Statement.copy_from_pb(statement).validate()
    reported = json_format.Parse(json_format.MessageToJson(statement.predicate), Provenance())
    dependencies = {one.name or one.uri: dict(one.digest) for one in reported.build_definition.resolved_dependencies}
    assert dict(statement.subject[0].digest) == {"sha256": tree_hash(release.digests)}
    assert dependencies["project"] == {"gitCommit": around.sources[0].commit}
    assert dependencies["requirements.txt"] == {"sha256": digest_of(ROOT / "requirements.txt")}
    pinned = {f"pkg:pypi/{pin.name}@{pin.version}" for pin in parse_pins((ROOT / "requirements.txt").read_text("utf-8"), "")}
    assert pinned == {name for name in dependencies if name.startswith("pkg:")}  # on a machine that has them all
    assert reported.run_details.metadata.finished_on.ToDatetime(NOW.tzinfo) == NOW
    assert dict(reported.run_details.builder.version) == {"python": platform.python_version(), "platform": platform.platform()}


def test_the_same_release_is_described_in_the_same_bytes(root):
    build_site(root / "content", root / "output")
    around = surroundings(root)
    first = write_provenance(root / "output", around).read_bytes()
    assert write_provenance(root / "output", around).read_bytes() == first


def test_a_release_is_the_one_described_or_not(root):
    build_site(root / "content", root / "output", publishing=True)
    file, output = write_provenance(root / "output", surroundings(root)), root / "output"
    assert check_provenance(file, output) == "000001"
    page = output / "index.html"
    page.write_bytes(page.read_bytes().replace(b"<main", b"<MAIN"))  # of the same length, behind the list's back
    with pytest.raises(BuildStopped) as other:
        check_provenance(file, output)
    assert str(other.value).startswith("output không phải bản 000001 mà 000001.provenance.json mô tả: mã cây là ")
    assert other.value.exitcode == 1


NO_STATEMENTS = {
    "no JSON": "{",
    "another kind": json.dumps(
        {"_type": "https://in-toto.io/Statement/v0.1", "subject": [{"name": "x", "digest": {"sha256": "a" * 64}}]}
    ),
    "two subjects": json.dumps({"subject": [{}, {}]}),
    "no digest": json.dumps({"_type": "https://in-toto.io/Statement/v1", "subject": [{"name": "x"}]}),
    "a list": "[]",
    "a number for a digest": json.dumps(
        {
            "_type": "https://in-toto.io/Statement/v1",
            "predicateType": "https://slsa.dev/provenance/v1",
            "subject": [{"name": "x", "digest": {"sha256": 1}}],
        }
    ),
}


@pytest.mark.parametrize("case", NO_STATEMENTS)
def test_what_is_no_statement_is_refused(case):
    with pytest.raises(WrongUse) as wrong:
        parse_subject(NO_STATEMENTS[case], "tệp.json")
    assert str(wrong.value) == (
        "tệp.json không phải bản ghi nguồn gốc (provenance). Cách sửa: dùng tệp .provenance.json cạnh bản dựng."
    )


def test_a_commit_after_the_build_is_not_its_source(root):
    build_site(root / "content", root / "output")
    (root / "ghi-chu.txt").touch()
    commit(root, when=LATER)
    with pytest.raises(WrongUse) as late:
        write_provenance(root / "output", surroundings(root))
    assert str(late.value) == (
        "Bản 000001 được dựng trước khi kho Git (project) chuyển sang commit hiện tại. Cách sửa: chạy make publish, rồi chạy lại lệnh này."
    )


def test_sources_are_listed_once_each_and_verbatim(root, tmp_path):
    head = read_sources(root / "content", root)
    assert [(source.name, source.clean) for source in head] == [("project", True)]
    (root / "content/site.yml").write_text("khác", "utf-8")
    assert [source.clean for source in read_sources(root / "content", root)] == [False]
    other = small_repository(tmp_path / "khác")
    assert [source.name for source in read_sources(other / "content", root)] == ["content", "code"]
    (tmp_path / "không").mkdir()
    assert read_sources(tmp_path / "không", tmp_path / "không") == ()


def test_a_repository_of_another_user_is_an_error_and_not_nothing(root, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(WrongUse) as refused:
        read_sources(root / "content", root)
    assert str(refused.value) == (
        f"Kho Git {root} thuộc người dùng khác, nên git không đọc. Cách sửa: chạy bằng người dùng ấy, "
        f"hoặc git config --global --add safe.directory {root}"
    )


def test_a_repository_that_git_cannot_read_is_an_error_and_not_nothing(root):
    (root / ".git/config").write_text("[core\n", "utf-8")
    with pytest.raises(WrongUse, match=r"git không đọc được kho của \S+: .+\. Cách sửa: chạy git status trong thư mục ấy\.$"):
        read_sources(root / "content", root)


def test_it_goes_with_its_release(root):
    build_site(root / "content", root / "output")
    file = write_provenance(root / "output", surroundings(root))
    with locked(root / "output"):
        assert file.exists()
    delete(file.with_name("000001"))
    assert not file.exists()
    file.write_text("{}", "utf-8")  # left by a deletion that was interrupted
    with locked(root / "output"):
        assert not file.exists()


# ── pins ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_pins_are_read_as_pip_reads_them():
    text = (
        f"jinja2==3.1.6 \\\n    --hash=sha256:{'b' * 64} \\\n    --hash=sha256:{'a' * 64}\n"
        f"colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:{'c' * 64}\n# lời\n\n"
    )
    assert parse_pins(text, "requirements.txt") == (
        Pin("jinja2", "3.1.6", ("a" * 64, "b" * 64)),
        Pin("colorama", "0.4.6", ("c" * 64,)),
    )
    for line in ("jinja2>=3", "jinja2==3.1.6", "-r other.txt", "git+https://example.invalid/x"):
        with pytest.raises(BuildStopped) as wrong:
            parse_pins(line, "requirements.txt")
        assert str(wrong.value) == (
            f'requirements.txt: dòng "{line}" không ghi phiên bản kèm mã kiểm. Cách sửa: chạy make requirements.'
        )


def test_every_line_of_every_file_is_read():
    for file in ROOT.glob("requirements*.txt"):
        text = file.read_text("utf-8")
        pins = parse_pins(text, file.name)
        assert len(pins) == text.count("==") - text.count(" == "), file.name
        assert sum(len(pin.hashes) for pin in pins) == text.count("--hash="), file.name


def test_what_is_asked_for_is_read():
    assert parse_requirements("# lời\n-c requirements.txt\nfonttools[woff]\nPelican>=4\npyyaml\n") == {
        "fonttools",
        "pelican",
        "pyyaml",
    }
    wanted = parse_requirements((ROOT / "requirements.in").read_text("utf-8"))
    assert wanted <= {pin.name for pin in parse_pins((ROOT / "requirements.txt").read_text("utf-8"), "")}


def test_this_environment_has_what_is_pinned():
    pins = parse_pins((ROOT / "requirements.txt").read_text("utf-8"), "")
    assert {pin.name: pin.version for pin in pins} == {pin.name: importlib.metadata.version(pin.name) for pin in pins}
