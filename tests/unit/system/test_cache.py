"""Holds what the cache promises: values come back or are made anew, whatever happens to its file, and it stays bounded."""

import os
import pickle
import random
import sqlite3

import pytest

from chuyendoiso.system import cache as module
from chuyendoiso.system.cache import Cache, key_of, open_cache
from chuyendoiso.system.errors import BuildStopped

VALUES = {"x": (1, "Một"), "y": [2], "big": "ệ" * 20_000}


def make_none(missing):
    return dict.fromkeys(missing)


def values(file, keys=VALUES, kind="body"):
    with open_cache(file) as cache:
        return cache.get_or_make_all(kind, keys, make_none)


@pytest.fixture
def file(tmp_path):
    with open_cache(tmp_path / "cache.sqlite") as cache:
        cache.put("body", VALUES)
    return tmp_path / "cache.sqlite"


def test_a_value_is_made_once(file):
    calls = []
    for _ in range(2):
        with open_cache(file) as cache:
            assert cache.get_or_make("body", "z", lambda: calls.append("z") or "Z") == "Z"
            assert cache.get_or_make("files", "x", lambda: "of another kind") == "of another kind"
            assert cache.get_or_make_all("body", ["x", "z", "x"], make_none) == {"x": (1, "Một"), "z": "Z"}
    assert calls == ["z"]


def test_many_keys_are_asked_for_at_once(file):
    keys = [str(number) for number in range(1200)]
    with open_cache(file) as cache:
        assert cache.get_or_make_all("body", [*keys, "y"], lambda missing: dict.fromkeys(missing, 0)) == dict.fromkeys(keys, 0) | {
            "y": [2]
        }
    assert values(file, keys) == dict.fromkeys(keys, 0)


def test_unneeded_values_are_dropped_once_they_outnumber_the_needed(file):
    with open_cache(file) as cache:
        cache.put("files", {"x": 1})
        cache.prune({"body": ["x", "y"]})
        cache.flush()
    assert values(file) == VALUES
    with open_cache(file) as cache:
        cache.prune({"body": ["y"], "parsed": []})
    assert (values(file), values(file, "x", "files")) == ({"x": None, "y": [2], "big": None}, {"x": 1})


DAMAGES = {
    "no database": lambda file: file.write_bytes(b"no database" * 1000),
    "cut short": lambda file: file.write_bytes(file.read_bytes()[:5000]),
    "empty": lambda file: file.write_bytes(b""),
    "gone": lambda file: file.unlink(),
    "another format": lambda file: execute(file, "PRAGMA user_version = 99"),
    "another table": lambda file: execute(file, "DROP TABLE cache", "CREATE TABLE cache (a)"),
    "swapped values": lambda file: execute(
        file,
        "UPDATE cache SET value = (SELECT value FROM cache WHERE key = 'y'), digest = (SELECT digest FROM cache WHERE key = 'y')",
    ),
    "a value that is no pickle": lambda file: execute(file, "UPDATE cache SET value = 'cos\nsystem\n.' WHERE key = 'x'"),
}


def execute(file, *statements):
    connection = sqlite3.connect(file)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_values_are_dropped_and_made_again(file, damage):
    DAMAGES[damage](file)
    assert all(value in (None, VALUES[key]) for key, value in values(file).items())
    with open_cache(file) as cache:
        cache.put("body", VALUES)
    assert values(file) == VALUES


def test_a_damaged_value_is_reported_in_one_line(file, capsys):
    execute(file, "UPDATE cache SET value = CAST(value || x'00' AS BLOB) WHERE key IN ('x', 'y')")
    assert values(file) == {"x": None, "y": None, "big": VALUES["big"]}
    assert capsys.readouterr().err == "Bộ nhớ đệm có 2 giá trị hỏng, sẽ làm lại.\n"
    assert values(file) == {"x": None, "y": None, "big": VALUES["big"]}
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("seed", range(20))
def test_flipped_bytes_never_come_back_as_a_value(file, seed):
    choice, data = random.Random(seed), bytearray(file.read_bytes())
    for _ in range(choice.choice([1, 20, 400])):
        data[choice.randrange(len(data))] ^= 1 << choice.randrange(8)
    file.write_bytes(data)
    assert all(value in (None, VALUES[key]) for key, value in values(file).items())
    with open_cache(file) as cache:
        cache.put("body", VALUES)
    assert values(file) == VALUES


def test_a_value_of_another_version_is_made_again(file):
    data = pickle.dumps(Cache)[:-1].replace(b"Cache", b"Other") + b"."
    with open_cache(file) as cache:
        cache.flush()
        cache._write(
            lambda connection: connection.execute(
                "UPDATE cache SET value = ?, digest = ?", (data, module._digest("body", "x", data))
            )
        )
    assert values(file, "x") == {"x": None}


def test_a_file_that_is_deleted_while_it_is_open_does_no_harm(file):
    with open_cache(file) as cache:
        cache.get_or_make("body", "x", list)
        file.unlink()
        cache.put("body", {"z": 3})
    assert values(file, "z") == {"z": None}


def test_a_forked_process_opens_the_file_for_itself_and_writes_nothing_twice(file):
    with open_cache(file) as cache:
        before = cache._connection()
        cache.put("body", {"z": "of the parent"})
        child = os.fork()
        if child == 0:
            fine = cache._connection() is not before and cache.get_or_make("body", "y", list) == [2]
            fine = fine and cache.get_or_make("body", "z", lambda: "of the child") == "of the child"
            cache.flush()
            os._exit(0 if fine else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert cache._connection() is before
    assert values(file, "z") == {"z": "of the parent"}


def test_without_a_file_it_is_deleted_afterwards():
    with open_cache(None) as cache:
        assert cache.get_or_make("body", "x", lambda: 1) == 1
        cache.flush()
        assert cache.file.exists()
    assert not cache.file.parent.exists()


UNUSABLE = {
    "no folder": (lambda file: file.unlink() or file.parent.rename(file.parent.with_name("khác")), "unable to open database file", "xóa nó"),
    "a folder in its place": (lambda file: file.unlink() or file.mkdir(), "unable to open database file", "xóa nó"),
}  # fmt: skip


@pytest.mark.parametrize("case", UNUSABLE)
def test_a_file_that_cannot_be_used_stops_the_build_in_one_line(file, case):
    change, reason, remedy = UNUSABLE[case]
    change(file)
    with pytest.raises(BuildStopped) as stopped:
        values(file)
    assert str(stopped.value) == (
        f"Không dùng được bộ nhớ đệm {file}: {reason}. Trang cũ vẫn còn nguyên. Cách sửa: {remedy} rồi chạy lại."
    )


def test_a_locked_file_stops_the_build_in_one_line(file, monkeypatch):
    monkeypatch.setattr(module, "LOCKED_SECONDS", 0.1)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    message = r"chương trình khác đang khóa nó\. .+ Cách sửa: đóng chương trình ấy rồi chạy lại\.$"
    with pytest.raises(BuildStopped, match=message), open_cache(file) as cache:
        cache.put("body", {"z": 1})
    other.close()
    assert values(file) == VALUES


def test_keys_depend_on_the_bounds_of_parts():
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("abc", "")}) == 4
    assert key_of("ệ") == key_of("ệ".encode())
