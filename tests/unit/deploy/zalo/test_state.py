"""Holds that a damaged state of the Zalo job is refused, for to begin anew would send everything again."""

import json
import random
from datetime import UTC, datetime

import pytest

from chuyendoiso.deploy.zalo.channel_state import AccountFacts, ChannelState, KnownArticle, read_state
from chuyendoiso.system.atomic_write import write_state_file
from chuyendoiso.system.errors import BuildStopped

REMEDY = "Cách sửa: lấy lại bản sao lưu; không có thì xóa tệp, lệnh sẽ nhận lại những bài đang ở trên kênh."
ITEMS = {
    "tag:tin.vn,2026:/a/": KnownArticle("Tên", "https://tin.vn/a/", article="1", sha256="ab"),
    "b": KnownArticle("Hai", "https://tin.vn/b/"),
}


@pytest.fixture
def file(tmp_path):
    ChannelState(tmp_path / "state.json", dict(ITEMS)).save()
    return tmp_path / "state.json"


def test_a_state_comes_back(file):
    assert read_state(file) == ChannelState(file, ITEMS)


def test_a_state_from_before_checksums_is_read(file):
    state = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({"version": 1, "items": state["items"]}), "utf-8")
    assert read_state(file) == ChannelState(file, ITEMS)


def test_instants_and_the_account_come_back(tmp_path):
    now = datetime(2026, 11, 24, 5, tzinfo=UTC)
    known = KnownArticle("Tên", "https://tin.vn/a/", creating="ab", token="t", asked=now, absent=now)
    account = AccountFacts("data", "quota-day", now, "2026-11", 12, now)
    state = ChannelState(tmp_path / "state.json", {"a": known}, incomplete=True, account=account)
    state.save()
    assert read_state(state.file) == state
    assert json.loads(state.file.read_text())["items"]["a"]["asked"] == "2026-11-24T05:00:00+00:00"


@pytest.mark.parametrize(
    ("value", "incomplete"),
    [
        ({"version": 2, "items": {}}, True),
        ({"version": 3, "items": {}}, False),
        ({"version": 3, "items": {}, "restored": True}, True),
        ({"version": 2, "items": {"b": {"title": "Hai", "url": "https://tin.vn/b/"}}}, False),
        ({"version": 2, "items": {"b": {"title": "Hai", "url": "https://tin.vn/b/"}}, "restored": True}, True),
    ],
)
def test_which_states_are_incomplete(tmp_path, value, incomplete):
    write_state_file(tmp_path / "state.json", value)
    state = read_state(tmp_path / "state.json")
    assert (state.incomplete, state.is_new) == (incomplete, False)
    missing = read_state(tmp_path / "none.json")
    assert (missing.incomplete, missing.is_new) == (True, True)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ({"version": 4, "items": {}}, "theo quy cách 4, chương trình này chỉ đọc được quy cách 3"),
        ({"version": 3, "items": {"a": {"title": "a", "url": "b", "asked": "2026-11-24T05:00"}}}, "thời điểm thiếu múi giờ"),
        ({"version": 3, "items": {"a": {"title": "a", "url": "b", "asked": 5}}}, "nội dung không đúng dạng"),
    ],
)
def test_a_state_of_another_shape_is_refused(tmp_path, value, why):
    write_state_file(tmp_path / "state.json", value)
    with pytest.raises(BuildStopped) as stopped:
        read_state(tmp_path / "state.json")
    assert str(stopped.value) == f"Không đọc được tệp trạng thái {tmp_path}/state.json: {why}. {REMEDY}"


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
    assert str(stopped.value).endswith(REMEDY)
