"""Holds what is cached between builds: only what changed is read and converted again, and forgetting costs time alone."""

import os
import shutil
import sqlite3

import pytest
from conftest import build_site, order, tree

from chuyendoiso.build import pipeline
from chuyendoiso.content import loader
from chuyendoiso.model.problems import ContentRejected
from chuyendoiso.release.store import cache_file
from chuyendoiso.system.cache import BODY, FILES, PARSED, SEGMENT, Cache
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.progress import Progress


@pytest.fixture
def done(monkeypatch):
    """What is read and what is converted, as it happens."""
    found = {"read": [], "converted": 0}
    read, convert = loader.Loader.read, loader.convert_body

    def reading(self, name):
        found["read"].append(name)
        return read(self, name)

    def converting(body):
        found["converted"] += 1
        return convert(body)

    monkeypatch.setattr(loader.Loader, "read", reading)
    monkeypatch.setattr(loader, "convert_body", converting)
    return found


def edit(content, name, old, new):
    path = content / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def an_article(content):
    return sorted(path.relative_to(content).as_posix() for path in content.glob("tin-tuc/*/*.md"))[0]


def test_only_what_changed_is_read(small_content, done, output):
    build_site(small_content, output)
    everything = len(done["read"])
    assert everything == len(list(small_content.rglob("*.md")))
    done["read"].clear()
    build_site(small_content, output)
    assert done["read"] == []
    name = an_article(small_content)
    (small_content / name).write_text((small_content / name).read_text("utf-8") + "\n\nThêm một đoạn.\n", "utf-8")
    build_site(small_content, output)
    assert done["read"] == [name]


def test_a_body_is_converted_once_whatever_the_settings_and_fields(small_content, done, output):
    build_site(small_content, output)
    done.update(read=[], converted=0)
    edit(small_content, "site.yml", "để thử", "để thử nữa")
    edit(small_content, an_article(small_content), "title: ", "title: Sửa ")
    build_site(small_content, output)
    assert (len(done["read"]), done["converted"]) == (len(list(small_content.rglob("*.md"))), 0)


def test_a_file_of_the_same_size_and_time_is_distinguished_from_the_one_before(small_content, done, output):
    build_site(small_content, output)
    name = an_article(small_content)
    before = (small_content / name).stat()
    text = (small_content / name).read_text("utf-8")
    (small_content / name).write_text(text[:-2] + ("x" if text[-2] != "x" else "y") + text[-1], "utf-8")
    os.utime(small_content / name, ns=(before.st_atime_ns, before.st_mtime_ns))
    done["read"].clear()
    build_site(small_content, output)
    assert done["read"] == [name]


def test_a_link_to_a_file_that_was_wrong_and_then_is_gone_is_reported(small_content, output):
    name = "tin-tuc/2026/cho-phien.md"  # no draft: what those have wrong stops nothing
    target = (small_content / name).with_name("dich.md")
    shutil.copy(small_content / name, target)
    edit(small_content, name, "\n---\n", "\n---\n\n[Đích](dich.md)\n")
    build_site(small_content, output)
    reported = []
    for change in (lambda: edit(target.parent, target.name, "title: ", "titel: "), target.unlink):
        change()
        with pytest.raises(ContentRejected) as rejected:
            build_site(small_content, output)
        reported.append({(problem.path, problem.rule) for problem in rejected.value.problems})
    wrong, linking = (f"content/{one}" for one in (target.relative_to(small_content).as_posix(), name))
    assert reported == [{(wrong, "unknown-field"), (wrong, "missing-field")}, {(linking, "missing-target")}]


@pytest.mark.parametrize("loss", ["all", "damage", "between"])
def test_forgetting_costs_time_alone(small_content, tmp_path, loss, small):
    output = tmp_path / "output"
    build_site(small_content, output)
    file = cache_file(output)
    if loss == "between":
        ordered = order(small_content, output, theme=shutil.copytree(order(small_content, output).theme, tmp_path / "theme"))
        edit(ordered.theme, "templates/layouts/base.html", "<body", "<body data-x")
        reading = pipeline.read(ordered, Progress(quiet=True))
        file.unlink()
        assert pipeline.write(reading, ordered, Progress(quiet=True)).changed
        build_site(small_content, tmp_path / "clean", theme=ordered.theme)
        assert tree(output) == tree(tmp_path / "clean")
        return
    for path in file.parent.glob("cache.sqlite*"):
        path.unlink() if loss == "all" else path.write_bytes(b"x" * 100)
    assert not build_site(small_content, output).changed
    assert tree(output) == tree(small)


def test_the_cache_is_bounded(small_content, output):
    name = an_article(small_content)
    count, kinds = len(list(small_content.rglob("*.md"))), 4
    for number in range(12):
        edit(small_content, name, "title: ", f"title: {number} ")
        (small_content / name).write_text((small_content / name).read_text("utf-8") + f"\n\nĐoạn {number}.\n", "utf-8")
        build_site(small_content, output)
    with sqlite3.connect(cache_file(output)) as connection:
        rows = dict(connection.execute("SELECT kind, count(*) FROM cache GROUP BY kind"))
    connection.close()
    assert rows.keys() == {FILES, PARSED, BODY, SEGMENT} and len(rows) == kinds
    assert count <= rows[PARSED] and sum(rows.values()) <= 2 * (2 * count + 20)


def test_a_loss_that_comes_again_is_reported_plainly(small_content, monkeypatch, output):
    monkeypatch.setattr(Cache, "_read", lambda *arguments: iter(()))
    with pytest.raises(BuildStopped, match="Cách sửa: chạy lại"):
        build_site(small_content, output)
