"""Holds what the store promises: values come back, another version's or a damaged one is begun anew, nothing grows without bound."""

import os
import sqlite3

import pytest

from chuyendoiso.domain.problems import BuildStopped
from chuyendoiso.engine import kept
from chuyendoiso.engine.kept import Kept, key_of, opened


def values(file, kind="a"):
    with opened(file) as store:
        return store.all(kind)


def filled(file, **more):
    with opened(file) as store:
        store.put("a", {"x": (1, "Một"), "y": [2], **more})
    return file


def test_values_come_back_by_kind_and_key(tmp_path):
    file = filled(tmp_path / "kept.sqlite")
    with opened(file) as store:
        store.put("b", {"x": "other"})
        assert store.get("a", ["x", "z", "x"]) == {"x": (1, "Một")}
        assert store.get("b", [str(number) for number in range(1200)] + ["x"]) == {"x": "other"}
        store.put("a", {"x": None})
        store.put("a", {})
    assert values(file) == {"x": None, "y": [2]}


def test_what_nobody_names_is_dropped(tmp_path):
    file = filled(tmp_path / "kept.sqlite")
    with opened(file) as store:
        store.put("b", {"x": 1})
        store.keep_only("a", ["y", "z"])
    assert (values(file), values(file, "b")) == ({"y": [2]}, {"x": 1})


@pytest.mark.parametrize(
    "damage", [lambda file: file.write_bytes(b"no database" * 1000), lambda file: file.write_bytes(file.read_bytes()[:5000])]
)
def test_a_damaged_file_is_begun_anew(tmp_path, damage):
    file = filled(tmp_path / "kept.sqlite", big="x" * 100_000)
    for beside in tmp_path.glob("kept.sqlite-*"):
        beside.unlink()
    damage(file)
    assert set(values(file)) <= {"x", "y"}
    with opened(file) as store:
        store.forget()
    assert values(filled(file)) == {"x": (1, "Một"), "y": [2]}


def test_another_formats_values_are_not_read(tmp_path, monkeypatch):
    file = filled(tmp_path / "kept.sqlite")
    monkeypatch.setattr(kept, "FORMAT", "0")
    assert values(file) == {}


def test_a_value_that_cannot_be_read_is_as_if_it_were_not_there(tmp_path):
    file = filled(tmp_path / "kept.sqlite")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE kept SET value = ? WHERE key = 'x'", (b"cos\nno_such_name\n.",))
    connection.close()
    assert values(file) == {"y": [2]}


def test_a_file_that_is_deleted_while_it_is_open_does_no_harm(tmp_path):
    file = filled(tmp_path / "kept.sqlite")
    with opened(file) as store:
        store.get("a", ["x"])
        file.unlink()
        store.put("a", {"z": 3})
    assert values(file) == {}


def test_a_forked_process_opens_the_file_for_itself(tmp_path):
    file = filled(tmp_path / "kept.sqlite")
    with opened(file) as store:
        before = store.connection
        child = os.fork()
        if child == 0:
            fine = store.connection is not before and store.get("a", ["y"]) == {"y": [2]}
            os._exit(0 if fine else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert store.connection is before


def test_without_a_file_all_is_in_memory(tmp_path):
    store = Kept(None)
    store.put("a", {"x": 1})
    assert store.all("a") == {"x": 1}
    store.forget()
    assert store.all("a") == {}
    assert list(tmp_path.iterdir()) == []


def test_where_no_file_can_be_made_the_build_is_stopped_with_a_plain_message(tmp_path):
    with pytest.raises(BuildStopped, match=r"Không ghi được \S+kept\.sqlite: .+ Trang cũ vẫn còn nguyên\."):
        values(tmp_path / "none" / "kept.sqlite")


def test_keys_tell_where_one_part_ends():
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("abc", "")}) == 4
    assert key_of("ệ") == key_of("ệ".encode())
