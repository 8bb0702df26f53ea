"""The account's list: complete or not at all, in both forms of `getslice`."""

import pytest
from standin import Account, standing
from zalo_world import World, article_of

from chuyendoiso.deploy.zalo.account_list import page_of
from chuyendoiso.deploy.zalo.client import Client
from chuyendoiso.deploy.zalo.error_codes import Refused, Unknown
from chuyendoiso.deploy.zalo.tokens import Tokens
from chuyendoiso.system.http import HttpClient


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 25])
@pytest.mark.parametrize("changes", [{}, {"form": "data"}, {"most": 3}, {"totals": False}])
def test_all_articles_are_listed(world, monkeypatch, count, changes):
    for number in range(count):
        world.add_by_hand(f"lạ-{number}")
    for name, value in changes.items():
        setattr(world.account, name, value)
    world.put("một")
    with standing(world.account) as addresses:
        assert world.run(addresses, monkeypatch)
    assert world.account.asked.count("getdetail") == count
    assert world.known().account.form == changes.get("form", "flat")
    assert world.account.wrong == []


def test_the_form_that_works_is_recorded(world, monkeypatch):
    world.account.form = "data"
    with standing(world.account) as addresses:
        world.put("a")
        world.put("b")
        assert world.run(addresses, monkeypatch)
        world.time += 7200
        del world.account.articles["id0"]
        world.put("b", "Sửa.")
        asked = world.account.asked.count("getslice")
        assert world.run(addresses, monkeypatch)
    assert asked == 2, "the wrong form, and the right one"
    assert world.account.asked.count("getslice") == 4, "two slices, in the form that is known"


def test_a_form_that_neither_is_stays_refused(world):
    world.account.refuse = {"getslice": -201}
    with standing(world.account) as addresses, pytest.raises(Refused):
        Client(HttpClient(lambda: 0.0), Tokens({"access_token": "a0"}, None), *addresses).list_slice(0)


@pytest.mark.parametrize("fault", ["moving", "lacking"])
def test_a_list_that_moves_or_lacks_articles_is_not_complete(world, monkeypatch, fault):
    for number in range(25):
        world.add_by_hand(f"lạ-{number}")
    getslice = world.account.getslice

    def unsteady(data):
        response = getslice(data)
        if fault == "moving":
            del world.account.articles[next(reversed(world.account.articles))]
        else:
            response["data"]["total"] = 26
        return response

    world.account.getslice = unsteady
    world.put("một")
    with standing(world.account) as addresses:
        assert not world.run(addresses, monkeypatch)
    assert "Không đọc hết được các bài của tài khoản: danh sách bài của tài khoản đổi liên tục hoặc thiếu bài" in world.messages
    assert "create" not in world.account.asked


@pytest.mark.parametrize("data", [None, {}, {"medias": None}, {"medias": [{"title": "a"}]}, {"medias": [5]}, "x"])
def test_a_list_of_another_shape_is_none(data):
    account = Account(lambda: 0.0)
    account.getslice = lambda asked: {"error": 0, "data": data}
    with standing(account) as addresses, pytest.raises(Unknown, match="danh sách không đúng dạng"):
        Client(HttpClient(lambda: 0.0), Tokens({"access_token": "a0"}, None), *addresses).list_slice(0)


@pytest.mark.parametrize("data", [{"total": 0}, {"medias": []}, {"articles": [], "total": 0}, []])
def test_an_empty_list(data):
    account = Account(lambda: 0.0)
    account.getslice = lambda asked: {"error": 0, "data": data}
    with standing(account) as addresses:
        assert Client(HttpClient(lambda: 0.0), Tokens({"access_token": "a0"}, None), *addresses).list_slice(0).ids == ()


@pytest.mark.parametrize("detail", [{}, {"body": None}, {"body": ["a", {}, {"content": 5}]}])
def test_an_article_without_text_leads_nowhere(detail):
    assert page_of(detail, {"https://a.vn": 1}) is None


def test_the_last_page_of_ours_counts():
    detail = article_of("a", address="https://a.vn/x/?a=1&amp;b=2")
    detail["body"].append({"type": "text", "content": "<p>Quảng cáo: https://noi-khac.vn/</p>"})
    assert page_of(detail, {"https://a.vn/x/?a=1&b=2": "x"}) == "x"
