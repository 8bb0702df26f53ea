"""Holds which outputs are made, in which order, and that two never claim one place."""

import os

import pytest

from chuyendoiso.build.fingerprint import fingerprint
from chuyendoiso.build.scheduler import run
from chuyendoiso.model.target import FileFacts, StaticFile, Target, page_file
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.file_status import file_digest


def as_bytes(text):
    return text.encode()


def with_sizes(text, given):
    return f"{text} {sorted((path, facts.size) for path, facts in given.files.items())}".encode()


def never(inputs):
    raise AssertionError(inputs)


def page(path, text="x", make=as_bytes, origin=None, **options):
    return Target(path, text, make, origin or f"content/{path}", **options)


def placed(outputs, last=(), code="code"):
    """Run, and return what was handed over: path, bytes or source, in order."""
    found, facts, steps = [], {}, []

    class Release:
        def put(self, made):
            found.append((made.path, made.data if made.data is not None else made.source, made.fingerprint))
            return len(made.data or b"")

        def record(self, path, size):
            assert path in [one[0] for one in found]
            facts[path] = FileFacts(size, "")

        def carry_over(self, path):
            found.append((path, None, last[path]))
            facts[path] = FileFacts(0, "")

        def facts(self, path):
            return facts[path]

    run(outputs, dict(last), lambda refs: {}, lambda module: code, Release(), lambda: steps.append(1))
    assert len(steps) == len(found)
    return found


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (("a/index.html", "a/index.html"), "một và hai cùng tạo ra"),
        (("a/index.html", "A/index.html"), "một và hai cùng tạo ra"),
        (("Ảnh.jpg", "ảnh.jpg"), "một và hai cùng tạo ra"),
        (("a", "a/index.html"), 'một và hai cùng dùng địa chỉ "a"'),
        (("a/b/c", "A"), 'hai và một cùng dùng địa chỉ "a"'),
        (("x", "../x"), 'Đường dẫn "../x" của hai không ghi được'),
        (("x", "a/../../x"), 'Đường dẫn "a/../../x" của hai không ghi được'),
        (("x", "./y"), 'Đường dẫn "./y" của hai không ghi được'),
        (("x", "/etc/passwd"), 'Đường dẫn "/etc/passwd" của hai không ghi được'),
        (("x", "a//b"), 'Đường dẫn "a//b" của hai không ghi được'),
        (("x", "a/"), 'Đường dẫn "a/" của hai không ghi được'),
        (("x", ""), 'Đường dẫn "" của hai không ghi được'),
        (("x", "ệ" * 86), "của hai không ghi được"),
    ],
)
def test_a_clash_is_told_with_both_sources_and_nothing_is_made(paths, expected):
    outputs = [page(path, make=never, origin=origin) for path, origin in zip(paths, ("một", "hai"), strict=True)]
    with pytest.raises(BuildStopped) as raised:
        placed(outputs)
    assert expected in str(raised.value)
    assert "Cách sửa: " in str(raised.value)


@pytest.mark.parametrize("path", ["a..b", "...", ".well-known/x", "ệ" * 85, "a/index.html"])
def test_other_names_are_fine(path):
    assert [(path, b"x")] == [one[:2] for one in placed([page(path)])]


def test_a_copy_may_not_claim_the_place_of_a_page(tmp_path):
    copy = StaticFile("a.pdf", tmp_path / "a.pdf", "0" * 64, "media/a.pdf")
    with pytest.raises(BuildStopped, match=r"content/a\.pdf và media/a\.pdf cùng tạo ra"):
        placed([page("a.pdf"), copy])


def test_outputs_that_tell_sizes_come_last_and_are_told_those_they_name():
    outputs = [
        page("feed.xml", "feed", with_sizes, depends_on=("b.jpg", "a.jpg")),
        page("empty.xml", "empty", with_sizes, depends_on=()),
        page("a.jpg", "aa"),
        page("b.jpg", "bbb"),
        page("c.jpg", "cccc"),
    ]
    assert [one[:2] for one in placed(outputs)] == [
        ("a.jpg", b"aa"),
        ("b.jpg", b"bbb"),
        ("c.jpg", b"cccc"),
        ("empty.xml", b"empty []"),
        ("feed.xml", b"feed [('a.jpg', 2), ('b.jpg', 3)]"),
    ]


def test_what_is_made_of_one_source_is_made_in_a_row():
    """Its body is loaded, its picture decoded, once."""
    outputs = [page(f"{name}{kind}", origin=name) for kind in (".html", ".json", ".png") for name in "bca"]
    found = [path for path, *_ in placed(outputs)]
    assert found == [f"{name}{kind}" for name in "abc" for kind in (".html", ".json", ".png")]


def test_what_has_the_fingerprint_of_the_last_release_is_not_made():
    first = placed([page("a", "x"), page("b", "y")])
    last = {path: print_ for path, _, print_ in first}
    again = placed([page("a", "x"), page("b", "z")], last)
    assert [one[:2] for one in again] == [("a", None), ("b", b"z")]


def test_a_feed_is_made_again_when_a_size_that_it_tells_changes():
    def feed(text):
        return [page("f", "feed", with_sizes, depends_on=("a",)), page("a", text)]

    last = {path: print_ for path, _, print_ in placed(feed("x"))}
    assert [one[:2] for one in placed(feed("xx"), last)] == [("a", b"xx"), ("f", b"feed [('a', 2)]")]


def test_a_copy_is_kept_by_its_content_and_handed_over_by_its_source(tmp_path):
    copy = StaticFile("a.pdf", tmp_path / "a.pdf", "0" * 64, "media/a.pdf")
    ((path, source, print_),) = placed([copy])
    assert (path, source) == ("a.pdf", tmp_path / "a.pdf")
    assert [one[1] for one in placed([copy], {"a.pdf": print_})] == [None]
    changed = StaticFile("a.pdf", tmp_path / "a.pdf", "1" * 64, "media/a.pdf")
    assert [one[1] for one in placed([changed], {"a.pdf": print_})] == [tmp_path / "a.pdf"]


@pytest.mark.parametrize(
    ("output", "code", "files"),
    [
        (page("a", "y"), "code", {}),
        (page("a", "x", with_sizes), "code", {}),
        (page("a", "x"), "other", {}),
        (page("a", "x"), "code", {"b": FileFacts(1, "")}),
    ],
)
def test_a_fingerprint_changes_with_inputs_maker_code_and_files(output, code, files):
    before = fingerprint(page("a", "x"), lambda module: "code")
    assert fingerprint(output, lambda module: code, files) != before
    assert fingerprint(page("elsewhere", "x"), lambda module: "code", {}) == before


def test_the_digest_of_code_changes_with_any_file_and_not_with_its_folder(tmp_path):
    for folder in ("mot", "hai"):
        (tmp_path / folder / "sub").mkdir(parents=True)
        (tmp_path / folder / "sub" / "a.py").write_text("1")
    one, other = (file_digest([tmp_path / folder]) for folder in ("mot", "hai"))
    (tmp_path / "hai" / "__pycache__").mkdir()
    (tmp_path / "hai" / "__pycache__" / "a.pyc").write_text("2")
    cached = file_digest([tmp_path / "hai"])
    (tmp_path / "hai" / "sub" / "a.py").rename(tmp_path / "hai" / "sub" / "b.py")
    renamed = file_digest([tmp_path / "hai"])
    (tmp_path / "mot" / "sub" / "a.py").write_text("2")
    edited = file_digest([tmp_path / "mot"])
    assert (one == other, other == cached, len({one, renamed, edited})) == (True, True, 3)


@pytest.mark.parametrize(
    ("address", "file"),
    [("/", "index.html"), ("/van-ban/", "van-ban/index.html"), ("/404.html", "404.html"), ("/feeds/a/rss.xml", "feeds/a/rss.xml")],
)
def test_the_file_behind_an_address(address, file):
    assert file == page_file(address)


def where(text):
    return str(os.getpid()).encode()


def test_many_foreign_files_are_opened_in_workers_alone():
    """What opens them may take all memory, or die."""
    outputs = [page(f"anh-{number}", make=where, cost=50, untrusted_input=True) for number in range(8)]
    outputs += [page(f"trang-{number}", make=where, cost=50) for number in range(8)]
    found = {}

    class Release:
        def put(self, made):
            return made.data

        def record(self, path, data):
            found[path] = data

    run(outputs, {}, lambda refs: {}, lambda module: "", Release(), lambda: None)
    here = str(os.getpid()).encode()
    assert here not in {found[path] for path in found if path.startswith("anh-")}
    assert here in {found[path] for path in found if path.startswith("trang-")}
    assert len(found) == 16
