"""Which targets are rendered, in which order, and that no two have the same path."""

import os

import pytest

from chuyendoiso.build.fingerprint import fingerprint
from chuyendoiso.build.scheduler import update_release
from chuyendoiso.model.target import FileFacts, StaticFile, Target, page_file
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.file_status import file_digest


def as_bytes(text):
    return text.encode()


def with_sizes(text, dependencies):
    return f"{text} {sorted((path, facts.size) for path, facts in dependencies.files.items())}".encode()


def never(inputs):
    raise AssertionError(inputs)


def page(path, text="x", make=as_bytes, origin=None, **options):
    return Target(path, text, make, origin or f"content/{path}", **options)


def update(outputs, last=(), code="code"):
    """Update a release; return path, bytes or source, and fingerprint of each file, in order."""
    files, facts, steps = [], {}, []

    class Release:
        def stage(self, rendered):
            files.append((rendered.path, rendered.data if rendered.data is not None else rendered.source, rendered.fingerprint))
            return len(rendered.data or b"")

        def record(self, path, size):
            assert path in [name for name, *_ in files]
            facts[path] = FileFacts(size, "")

        def carry_over(self, path):
            files.append((path, None, last[path]))
            facts[path] = FileFacts(0, "")

        def facts(self, path):
            return facts[path]

    update_release(outputs, dict(last), lambda refs: {}, lambda module: code, Release(), lambda: steps.append(1))
    assert len(steps) == len(files)
    return files


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
def test_a_clash_names_both_sources_and_renders_nothing(paths, expected):
    outputs = [page(path, make=never, origin=origin) for path, origin in zip(paths, ("một", "hai"), strict=True)]
    with pytest.raises(BuildStopped) as raised:
        update(outputs)
    assert expected in str(raised.value)
    assert "Cách sửa: " in str(raised.value)


@pytest.mark.parametrize("path", ["a..b", "...", ".well-known/x", "ệ" * 85, "a/index.html"])
def test_other_names_are_fine(path):
    assert [(path, b"x")] == [file[:2] for file in update([page(path)])]


def test_a_copy_may_not_claim_the_place_of_a_page(tmp_path):
    copy = StaticFile("a.pdf", tmp_path / "a.pdf", "0" * 64, "media/a.pdf")
    with pytest.raises(BuildStopped, match=r"content/a\.pdf và media/a\.pdf cùng tạo ra"):
        update([page("a.pdf"), copy])


def test_targets_that_depend_on_files_come_last_with_the_facts_of_those_files():
    outputs = [
        page("feed.xml", "feed", with_sizes, depends_on=("b.jpg", "a.jpg")),
        page("empty.xml", "empty", with_sizes, depends_on=()),
        page("a.jpg", "aa"),
        page("b.jpg", "bbb"),
        page("c.jpg", "cccc"),
    ]
    assert [file[:2] for file in update(outputs)] == [
        ("a.jpg", b"aa"),
        ("b.jpg", b"bbb"),
        ("c.jpg", b"cccc"),
        ("empty.xml", b"empty []"),
        ("feed.xml", b"feed [('a.jpg', 2), ('b.jpg', 3)]"),
    ]


def test_targets_of_one_source_are_rendered_in_a_row():
    """Its body is loaded, its picture decoded, once."""
    outputs = [page(f"{name}{kind}", origin=name) for kind in (".html", ".json", ".png") for name in "bca"]
    paths = [path for path, *_ in update(outputs)]
    assert paths == [f"{name}{kind}" for name in "abc" for kind in (".html", ".json", ".png")]


def test_a_target_with_the_fingerprint_of_the_last_release_is_not_rendered():
    first = update([page("a", "x"), page("b", "y")])
    last = {path: current for path, _, current in first}
    again = update([page("a", "x"), page("b", "z")], last)
    assert [file[:2] for file in again] == [("a", None), ("b", b"z")]


def test_a_feed_is_rendered_again_when_a_size_in_it_changes():
    def feed(text):
        return [page("f", "feed", with_sizes, depends_on=("a",)), page("a", text)]

    last = {path: current for path, _, current in update(feed("x"))}
    assert [file[:2] for file in update(feed("xx"), last)] == [("a", b"xx"), ("f", b"feed [('a', 2)]")]


def test_a_copy_is_carried_over_by_its_digest_or_staged_by_its_source(tmp_path):
    copy = StaticFile("a.pdf", tmp_path / "a.pdf", "0" * 64, "media/a.pdf")
    ((path, source, current),) = update([copy])
    assert (path, source) == ("a.pdf", tmp_path / "a.pdf")
    assert [source for _, source, _ in update([copy], {"a.pdf": current})] == [None]
    changed = StaticFile("a.pdf", tmp_path / "a.pdf", "1" * 64, "media/a.pdf")
    assert [source for _, source, _ in update([changed], {"a.pdf": current})] == [tmp_path / "a.pdf"]


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
    first, second = (file_digest([tmp_path / folder]) for folder in ("mot", "hai"))
    (tmp_path / "hai" / "__pycache__").mkdir()
    (tmp_path / "hai" / "__pycache__" / "a.pyc").write_text("2")
    cached = file_digest([tmp_path / "hai"])
    (tmp_path / "hai" / "sub" / "a.py").rename(tmp_path / "hai" / "sub" / "b.py")
    renamed = file_digest([tmp_path / "hai"])
    (tmp_path / "mot" / "sub" / "a.py").write_text("2")
    edited = file_digest([tmp_path / "mot"])
    assert (first == second, second == cached, len({first, renamed, edited})) == (True, True, 3)


@pytest.mark.parametrize(
    ("address", "file"),
    [("/", "index.html"), ("/van-ban/", "van-ban/index.html"), ("/404.html", "404.html"), ("/feeds/a/rss.xml", "feeds/a/rss.xml")],
)
def test_the_file_behind_an_address(address, file):
    assert file == page_file(address)


def where(text):
    return str(os.getpid()).encode()


def test_many_untrusted_files_are_opened_only_in_workers():
    """Opening them may take all memory, or crash."""
    outputs = [page(f"anh-{number}", make=where, cost=50, untrusted_input=True) for number in range(8)]
    outputs += [page(f"trang-{number}", make=where, cost=50) for number in range(8)]
    data_by_path = {}

    class Release:
        def stage(self, rendered):
            return rendered.data

        def record(self, path, data):
            data_by_path[path] = data

    update_release(outputs, {}, lambda refs: {}, lambda module: "", Release(), lambda: None)
    here = str(os.getpid()).encode()
    assert here not in {data_by_path[path] for path in data_by_path if path.startswith("anh-")}
    assert here in {data_by_path[path] for path in data_by_path if path.startswith("trang-")}
    assert len(data_by_path) == 16
