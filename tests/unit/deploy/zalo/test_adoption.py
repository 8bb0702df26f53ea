"""A state that was deleted, lost or restored: articles of ours are recognized, and nothing is created twice."""

import json

import pytest
from standin import standing
from zalo_world import HOUR, MINUTE, SITE, World, address_of, article_of, id_of

from chuyendoiso.system.atomic_write import read_state_file, write_state_file


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def filled(world, addresses, monkeypatch, names):
    for name in names:
        world.put(name)
    assert world.run(addresses, monkeypatch)
    world.time += HOUR


def test_a_deleted_state_creates_no_duplicate(world, monkeypatch):
    with standing(world.account) as addresses:
        filled(world, addresses, monkeypatch, "abcde")
        world.state.unlink()
        world.withdraw("b")
        world.put("c", "Sửa.")
        world.put("f")
        reported = len(world.messages)
        assert world.run(addresses, monkeypatch)
        assert world.messages[reported] == "Đã nhận ra “Tin a” trên kênh."
        assert "Tệp trạng thái đang được lập lại từ kênh: từ 13:30 mới đăng bài mới, để khỏi đăng trùng." in world.messages
        assert world.account.asked.count("create") == 5
        world.time += 31 * MINUTE
        assert world.run(addresses, monkeypatch)
    assert world.account.asked.count("create") == 6
    assert world.on_the_channel() == world.expected()


def test_a_creation_of_the_lost_state_is_not_repeated(world, monkeypatch):
    with standing(world.account) as addresses:
        filled(world, addresses, monkeypatch, "a")
        world.account.slowest = world.account.unlisted = 300
        world.account.chance.uniform = lambda low, high: high
        world.put("b")
        assert world.run(addresses, monkeypatch)
        world.state.unlink()
        for _ in range(5):
            assert world.run(addresses, monkeypatch)
            world.time += 15 * MINUTE
    assert world.account.asked.count("create") == 2
    assert world.on_the_channel() == world.expected()


def test_while_the_list_or_an_article_cannot_be_read_nothing_is_created(world, monkeypatch):
    with standing(world.account) as addresses:
        filled(world, addresses, monkeypatch, "abc")
        for refuse in ({"getslice": -999}, {"getdetail": -999}):
            world.state.unlink(missing_ok=True)
            world.account.refuse = refuse
            reported = len(world.messages)
            assert not world.run(addresses, monkeypatch)
            assert world.messages[reported:] == [
                "Không đọc hết được các bài của tài khoản: refused (mã -999, chưa rõ nghĩa)",
                "Chưa đăng bài mới nào, để khỏi đăng trùng.",
                "Tháng này đã đăng 0 bài. Chưa biết gói cho phép bao nhiêu: ghi ZALO_MONTHLY_ARTICLES trong publishconf.py.",
                "Để lại 3 bài mới.",
            ]
        world.account.refuse = {}
        assert world.run(addresses, monkeypatch)
    assert world.account.asked.count("create") == 3
    assert world.on_the_channel() == world.expected()


def test_articles_are_recognized_by_former_addresses(world, monkeypatch):
    with standing(world.account) as addresses:
        filled(world, addresses, monkeypatch, "ab")
        world.state.unlink()
        former = world.items["a"].url
        world.put("a2", former=(former,))
        del world.items["a"]
        assert world.run(addresses, monkeypatch)
    assert world.account.asked.count("create") == 2
    assert world.on_the_channel() == world.expected()


def test_an_older_item_that_is_withdrawn_later_is_removed(world, monkeypatch):
    with standing(world.account) as addresses:
        filled(world, addresses, monkeypatch, "ab")
        world.state.unlink()
        del world.items["a"]  # the site lists the newest alone
        assert world.run(addresses, monkeypatch)
        world.withdraw("a")
        world.time += HOUR
        assert world.run(addresses, monkeypatch)
    assert world.on_the_channel() == world.expected()


def test_a_link_to_another_page_before_the_last_is_not_the_articles_own(world, monkeypatch):
    """Every article here links to the page "khác" in its text."""
    with standing(world.account) as addresses:
        filled(world, addresses, monkeypatch, "a")
        world.put("khác")
        world.state.unlink()
        assert world.run(addresses, monkeypatch)
        world.time += HOUR
        assert world.run(addresses, monkeypatch)
    assert world.on_the_channel() == world.expected()


def test_an_address_without_its_link_is_recognized(world, monkeypatch):
    article = article_of("a")
    article["body"][1]["content"] = f"<p>Xem: {address_of('a')}</p>"
    world.account.create(article)
    world.time = HOUR
    world.put("a")
    with standing(world.account) as addresses:
        assert world.run(addresses, monkeypatch)
    assert world.account.asked.count("create") == 0
    assert world.on_the_channel() == world.expected()


def test_two_articles_of_one_page_are_reported(world, monkeypatch):
    world.add_by_hand("a")
    world.add_by_hand("a")
    world.put("a")
    with standing(world.account) as addresses:
        world.run(addresses, monkeypatch)
    assert f"Kênh có hai bài cùng dẫn tới {SITE}tin-tuc/a/ (id1 và id0). Cách sửa: xóa một bài trên Zalo." in world.messages


def test_a_restored_state_takes_the_newer_article(world, monkeypatch):
    with standing(world.account) as addresses:
        filled(world, addresses, monkeypatch, "ab")
        backup = world.state.read_bytes()
        world.withdraw("a")
        assert world.run(addresses, monkeypatch)
        world.put("a", "Đăng lại.")
        assert world.run(addresses, monkeypatch)
        world.time += HOUR
        world.restore_state(backup)
        world.put("a", "Sửa.")
        assert world.run(addresses, monkeypatch)
        world.time += HOUR
        assert world.run(addresses, monkeypatch)
    assert world.on_the_channel() == world.expected()
    assert not world.known().incomplete


def test_an_article_removed_by_hand_stays_removed_in_a_restored_state(world, monkeypatch):
    with standing(world.account) as addresses:
        filled(world, addresses, monkeypatch, "ab")
        del world.account.articles["id1"]
        world.put("a", "Sửa.")
        assert world.run(addresses, monkeypatch)
        assert world.known().items[id_of("a")].gone
        world.restore_state(world.state.read_bytes())
        for _ in range(3):
            assert world.run(addresses, monkeypatch)
            world.time += HOUR
    assert world.on_the_channel() == world.expected(without=["a"])


def test_a_state_of_version_2_is_continued(world, monkeypatch):
    with standing(world.account) as addresses:
        filled(world, addresses, monkeypatch, "ab")
        stored = read_state_file(world.state, unsealed=0)
        old = {"title", "url", "article", "sha256", "creating", "token", "gone"}
        items = {id_: {name: value for name, value in known.items() if name in old} for id_, known in stored["items"].items()}
        world.state.unlink()
        write_state_file(world.state, {"version": 2, "items": items})
        asked = len(world.account.asked)
        assert world.run(addresses, monkeypatch)
        assert len(world.account.asked) == asked
        world.put("a", "Sửa.")
        assert world.run(addresses, monkeypatch)
    assert json.loads(world.state.read_text())["version"] == 3
    assert world.on_the_channel() == world.expected()
