"""Creations: a pending token is never dropped, and nothing is requested twice."""

import pytest
from standin import standing
from zalo_world import HOUR, MINUTE, World, address_of, id_of

from chuyendoiso.system.errors import WrongUse


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


QUARTER = 15 * MINUTE


@pytest.mark.parametrize("code", [None, -214, -777, -201])
@pytest.mark.parametrize("lag", [70, 300, 600])
def test_a_token_is_retained_until_it_settles(world, monkeypatch, lag, code):
    world.account.slowest = world.account.unlisted = lag
    world.account.processing = code
    world.account.chance.uniform = lambda low, high: high
    with standing(world.account) as addresses:
        for name in ("một", "hai", "ba"):
            world.put(name)
        for _ in range(4):
            assert world.run(addresses, monkeypatch), world.messages
            world.time += QUARTER
    assert world.account.asked.count("create") == 3
    assert world.on_the_channel() == world.expected()


def test_a_run_waits_for_at_most_a_minute(world, monkeypatch):
    world.account.slowest, world.account.chance.uniform = 6000, lambda low, high: high
    with standing(world.account) as addresses:
        for name in "abcdefghij":
            world.put(name)
        assert world.run(addresses, monkeypatch)
    assert world.time < 80
    assert world.messages[-1] == "10 bài đang chờ Zalo xử lý: lần chạy sau xem tiếp."


def test_a_token_that_never_settles_is_a_failure_after_an_hour(world, monkeypatch):
    world.account.slowest, world.account.chance.uniform = 1e9, lambda low, high: high
    world.put("một")
    with standing(world.account) as addresses:
        for _ in range(4):
            assert world.run(addresses, monkeypatch)
            world.time += QUARTER
        world.time += HOUR
        assert not world.run(addresses, monkeypatch)
        assert world.messages[-1] == (
            "Zalo xử lý “Tin một” đã 2 giờ chưa xong. Cách sửa: xem bài trong trang quản trị của Zalo; nếu không có bài thì chạy với "
            "--create-again https://tin.thu-nghiem.vn/tin-tuc/một/"
        )
        assert world.account.asked.count("create") == 1
        world.account.slowest, world.account.chance.uniform = 0, lambda low, high: low
        assert world.run(addresses, monkeypatch, create_again=address_of("một"))
        assert world.account.asked.count("create") == 2
        assert [line for line in world.messages[-3:] if "Tin" in line] == [
            "“Tin một” không có trên kênh: sẽ đăng lại.",
            "Đã đăng “Tin một”.",
        ]


def test_to_create_again_the_list_is_searched_first(world, monkeypatch):
    world.account.slowest = 0
    world.account.refuse = {"verify": -777}
    world.put("một")
    with standing(world.account) as addresses:
        assert world.run(addresses, monkeypatch)
        world.time += 2 * HOUR
        assert not world.run(addresses, monkeypatch)
        assert world.run(addresses, monkeypatch, create_again=address_of("một"))
    assert world.account.asked.count("create") == 1
    assert "Đã tìm thấy “Tin một” trên kênh: không đăng lại." in world.messages
    assert world.on_the_channel() == world.expected()


def test_what_cannot_be_created_again(world, monkeypatch):
    world.account.slowest, world.account.chance.uniform = 1e9, lambda low, high: high
    world.put("một")
    with standing(world.account) as addresses:
        assert world.run(addresses, monkeypatch)
        with pytest.raises(WrongUse, match=r"mới được gửi lúc 12:00, đăng lại bây giờ có thể trùng\. Cách sửa: đợi đủ 30 phút"):
            world.run(addresses, monkeypatch, create_again=address_of("một"))
        assert world.known().items[id_of("một")].token == "t0"
        with pytest.raises(WrongUse, match=r"Tệp trạng thái không có bài nào ở https://tin\.thu-nghiem\.vn/lạ"):
            world.run(addresses, monkeypatch, create_again="https://tin.thu-nghiem.vn/lạ")
        world.time += HOUR
        world.account.refuse = {"getslice": -999}
        assert not world.run(addresses, monkeypatch, create_again=address_of("một"))
        assert world.known().items[id_of("một")].token == "t0", "the list cannot be read: the token stays"
    assert world.account.asked.count("create") == 1


@pytest.mark.parametrize("fault", ["drop after", "500 after", "half", "no json", "strange after"])
def test_after_a_lost_response_the_list_is_searched(world, monkeypatch, fault):
    world.account.slowest, world.account.unlisted, world.account.chance.uniform = 400, 200, lambda low, high: high
    world.put("một")
    world.account.faults = ["", fault]  # the empty list of a new account, then the creation
    with standing(world.account) as addresses:
        assert not world.run(addresses, monkeypatch)
        assert world.messages[-1].startswith("Chưa đăng được “Tin một”: ")
        for _ in range(4):
            assert world.run(addresses, monkeypatch)
            world.time += 5 * MINUTE
    assert world.account.asked.count("create") == 1
    assert world.on_the_channel() == world.expected()


@pytest.mark.parametrize("fault", ["drop before", "500 before"])
def test_a_lost_request_is_repeated_once_the_list_must_have_it(world, monkeypatch, fault):
    world.put("một")
    world.account.faults = ["", fault]
    with standing(world.account) as addresses:
        assert not world.run(addresses, monkeypatch)
        for minutes in (0, 15, 16):
            world.time += minutes * MINUTE
            assert world.run(addresses, monkeypatch)
            assert world.account.asked.count("create") == (1 if minutes < 16 else 2)
        world.time += HOUR
        assert world.run(addresses, monkeypatch)
    assert world.on_the_channel() == world.expected()


def test_while_the_list_cannot_be_read_nothing_is_created_again(world, monkeypatch):
    world.put("một")
    world.account.faults = ["", "drop before"]
    with standing(world.account) as addresses:
        assert not world.run(addresses, monkeypatch)
        world.account.refuse = {"getslice": -999}
        world.time += HOUR
        assert not world.run(addresses, monkeypatch)
    assert world.account.asked.count("create") == 1
    assert world.messages[-1] == "Chưa xem lại được “Tin một”: refused (mã -999, chưa rõ nghĩa)"


def test_a_list_without_any_known_article_does_not_prove_that_a_creation_failed(world, monkeypatch):
    world.put("một")
    with standing(world.account) as addresses:
        assert world.run(addresses, monkeypatch)
        world.time += HOUR
        world.put("hai")
        world.account.faults = ["drop after"]
        world.account.empty = True
        for _ in range(3):
            assert not world.run(addresses, monkeypatch)
            world.time += HOUR
        assert world.messages[-1].startswith(
            "Chưa xem lại được “Tin hai”: danh sách của tài khoản không có bài nào trong 1 bài đã biết, nên chưa kết luận được gì."
        )
        world.account.empty = False
        assert world.run(addresses, monkeypatch)
    assert world.account.asked.count("create") == 2
    assert world.on_the_channel() == world.expected()


@pytest.mark.parametrize("lost", [False, True])
def test_what_is_withdrawn_or_changed_meanwhile_follows(world, monkeypatch, lost):
    world.account.slowest, world.account.chance.uniform = 300, lambda low, high: high
    world.account.faults = ["", "drop after", "drop after"] if lost else []
    world.put("một")
    world.put("hai")
    with standing(world.account) as addresses:
        assert world.run(addresses, monkeypatch) is not lost
        world.withdraw("một")
        world.put("hai", "Sửa.")
        assert world.run(addresses, monkeypatch)
        assert "remove" not in world.account.asked
        assert id_of("một") in world.known().items, "nothing is forgotten before it is removed"
        world.time += QUARTER
        assert world.run(addresses, monkeypatch)
    assert world.account.asked.count("create") == 2
    assert world.on_the_channel() == world.expected()
