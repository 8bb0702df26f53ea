"""Holds that a damaged state of the Zalo job is refused, for to begin anew would send everything again."""

import json
import random

import pytest

from chuyendoiso.domain.problems import BuildStopped
from chuyendoiso.zalo.state import Known, State, read_state

ITEMS = {"tag:tin.vn,2026:/a/": Known("Tên", "https://tin.vn/a/", article="1", sha256="ab"), "b": Known("Hai", "https://tin.vn/b/")}


@pytest.fixture
def file(tmp_path):
    State(tmp_path / "state.json", dict(ITEMS)).save()
    return tmp_path / "state.json"


def test_a_state_comes_back(file):
    assert read_state(file) == State(file, ITEMS)


def test_a_state_from_before_checksums_is_read(file):
    state = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({"version": 1, "items": state["items"]}), "utf-8")
    assert read_state(file) == State(file, ITEMS)


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_state_stops_the_job_in_one_line(file, seed):
    choice, data = random.Random(seed), bytearray(file.read_bytes())
    place = choice.randrange(len(data) - 1)
    if seed % 4:
        data[place] ^= 1 << choice.randrange(8)
    else:
        del data[place:]
    file.write_bytes(data)
    with pytest.raises(BuildStopped) as stopped:
        read_state(file)
    assert str(stopped.value).startswith(f"Không đọc được tệp trạng thái {file}: ") and "\n" not in str(stopped.value)
    assert str(stopped.value).endswith("Cách sửa: lấy lại bản sao lưu; xóa tệp thì mọi bài bị đăng lại.")
