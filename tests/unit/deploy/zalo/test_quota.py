"""What the plan allows: counted, printed before anything is sent, and no failure once it is spent."""

from datetime import UTC, datetime

import pytest
from standin import standing
from zalo_world import DAY, HOUR, World, address_of

from chuyendoiso.deploy.zalo.channel_state import AccountFacts, ChannelState
from chuyendoiso.deploy.zalo.error_codes import Meaning
from chuyendoiso.deploy.zalo.quota import Allowance, count_created, month_of, record_created, record_spent


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


@pytest.mark.parametrize(
    ("now", "day", "month"),
    [
        ("2026-11-24T05:00", "2026-11-24T17:00", "2026-11-30T17:00"),
        ("2026-11-24T18:00", "2026-11-25T17:00", "2026-11-30T17:00"),
        ("2026-12-31T16:59", "2026-12-31T17:00", "2026-12-31T17:00"),
        ("2026-12-31T17:00", "2027-01-01T17:00", "2027-01-31T17:00"),
    ],
)
def test_periods_end_at_midnight_in_vietnam(now, day, month):
    ends = []
    for meaning in (Meaning.QUOTA_DAY, Meaning.QUOTA_MONTH):
        account = AccountFacts()
        record_spent(account, meaning, datetime.fromisoformat(now).replace(tzinfo=UTC))
        ends.append(f"{account.spent_until.astimezone(UTC):%Y-%m-%dT%H:%M}")
    assert ends == [day, month]


def test_articles_are_counted_in_the_month_in_which_they_were_asked_for(tmp_path):
    state = ChannelState(tmp_path / "s")
    for text in ("2026-11-30T16:00", "2026-11-30T17:00", "2026-12-02T00:00", "2026-11-30T16:59"):
        record_created(state.account, datetime.fromisoformat(text).replace(tzinfo=UTC))
    assert (state.account.month, state.account.created) == ("2026-12", 2)
    assert count_created(state, datetime(2027, 1, 1, tzinfo=UTC)) == 0
    assert month_of(datetime(2026, 11, 30, 17, tzinfo=UTC)) == "2026-12"


def test_the_allowance_is_printed_and_respected(world, monkeypatch):
    with standing(world.account) as addresses:
        for name in "abcde":
            world.put(name)
        assert world.run(addresses, monkeypatch, allowance=Allowance(monthly=3))
        assert world.messages[0] == "Gói cho phép 3 bài mỗi tháng: tháng này đã đăng 0, còn 3."
        assert world.messages[-1] == "Để lại 2 bài mới cho tháng sau."
        assert sorted(world.on_the_channel()) == [address_of(name) for name in "cde"], "the newest"
        asked = len(world.account.asked)
        assert world.run(addresses, monkeypatch, allowance=Allowance(monthly=3))
        assert len(world.account.asked) == asked
        assert world.messages[-2:] == [
            "Gói cho phép 3 bài mỗi tháng: tháng này đã đăng 3, còn 0.",
            "Để lại 2 bài mới cho tháng sau.",
        ]
        world.time += 8 * DAY
        assert world.run(addresses, monkeypatch, allowance=Allowance(monthly=3))
    assert world.on_the_channel() == world.expected()


def test_a_run_creates_at_most_its_limit(world, monkeypatch):
    with standing(world.account) as addresses:
        for name in "abcde":
            world.put(name)
        assert world.run(addresses, monkeypatch, allowance=Allowance(limit=2))
        assert world.messages[-1] == "Để lại 3 bài mới cho lần chạy sau."
        assert sorted(world.on_the_channel()) == [address_of(name) for name in "de"]
        assert world.run(addresses, monkeypatch, allowance=Allowance(limit=0))
        assert len(world.account.articles) == 2
        assert world.run(addresses, monkeypatch, allowance=Allowance(limit=10))
    assert world.on_the_channel() == world.expected()


def test_kinds_choose_what_is_created(world, monkeypatch):
    with standing(world.account) as addresses:
        world.put("a")
        world.put("b", kind="van-ban")
        assert world.run(addresses, monkeypatch)
        world.put("c")
        world.put("b", "Sửa.", kind="van-ban")
        world.put("d", kind="van-ban")
        assert world.run(addresses, monkeypatch, kinds=frozenset({"tin-tuc"}))
        assert world.on_the_channel() == world.expected(without="d"), "what is on the channel is updated, whatever its kind"


def test_a_spent_month_leaves_updates_and_removals(world, monkeypatch):
    world.account.monthly = 2
    with standing(world.account) as addresses:
        for name in "ab":
            world.put(name)
        assert world.run(addresses, monkeypatch)
        for name in "cd":
            world.put(name)
        assert world.run(addresses, monkeypatch)
        last = "Gói của tài khoản Zalo đã hết lượt đăng tháng này: để lại 2 bài mới tới ngày 01/12/2026; bài sửa, bài gỡ vẫn gửi."
        assert world.messages[-1] == last
        creations = world.account.asked.count("create")
        world.put("a", "Sửa.")
        world.withdraw("b")
        assert world.run(addresses, monkeypatch)
        assert world.messages[-1] == last
        assert world.account.asked.count("create") == creations
        assert world.on_the_channel() == world.expected(without="cd")
        world.account.monthly = None
        assert world.run(addresses, monkeypatch, quota_renewed=True)
    assert world.on_the_channel() == world.expected()


def test_a_spent_day_ends_quietly_until_tomorrow(world, monkeypatch):
    world.account.daily = 1
    with standing(world.account) as addresses:
        for name in "ab":
            world.put(name)
        assert world.run(addresses, monkeypatch)
        assert world.messages[-1] == "Gói của tài khoản Zalo đã hết lượt hôm nay: để lại 2 việc tới ngày 25/11/2026."
        asked = len(world.account.asked)
        for _ in range(4):
            assert world.run(addresses, monkeypatch)
            world.time += HOUR
        assert len(world.account.asked) == asked
        world.time += 9 * HOUR
        world.account.daily = None
        assert world.run(addresses, monkeypatch)
    assert world.on_the_channel() == world.expected()


def test_a_removal_that_the_quota_stops_is_a_failure_once(world, monkeypatch):
    """A withdrawn article that readers still see must not be passed over in silence, nor reported every quarter of an hour."""
    with standing(world.account) as addresses:
        world.put("a")
        assert world.run(addresses, monkeypatch)
        world.withdraw("a")
        world.account.refuse = {"*": -211}
        assert not world.run(addresses, monkeypatch)
        assert "Chưa gỡ được “Tin a”: gói của tài khoản đã hết lượt hôm nay (mã -211)" in world.messages[-2:]
        assert world.run(addresses, monkeypatch)
        assert world.messages[-1] == "Gói của tài khoản Zalo đã hết lượt hôm nay: để lại 1 việc tới ngày 25/11/2026."
        world.account.refuse = {}
        assert world.run(addresses, monkeypatch)
    assert world.on_the_channel() == {}
