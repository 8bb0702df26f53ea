"""The command around the job: what it reads, what it refuses, what it says; and answers that are slow or never whole."""

import json
import shutil
import socket
import threading
import time
from functools import partial

import pytest
from conftest import NOW, SITES, build_site, served
from locking import held_by_another
from standin import Account, standing

from chuyendoiso.deploy.zalo.channel_state import ChannelState, read_state
from chuyendoiso.deploy.zalo.job import SyncOptions, sync
from chuyendoiso.deploy.zalo.published import SiteSource, Unpublished
from chuyendoiso.deploy.zalo.tokens import NoKey, read_tokens
from chuyendoiso.system.atomic_write import write_json
from chuyendoiso.system.errors import BuildStopped, Busy, WrongUse
from chuyendoiso.system.http import HttpClient, TransportError


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    output = tmp_path_factory.mktemp("zalo") / "output"
    build_site(SITES / "small", output)
    return output


def order(folder, source, reported, **changes):
    common = {"state": folder / "state.json", "tokens": None, "send": False, "environment": {}, "say": reported.append}
    common |= {"sleep": lambda seconds: None, "now": lambda: NOW}
    return SyncOptions(source=str(source), monotonic=time.monotonic, **{**common, **changes})


def test_a_dry_run_lists_what_it_would_do_and_needs_no_key(output, tmp_path):
    reported = []
    assert sync(order(tmp_path, output, reported)) == 0
    assert "Sẽ đăng: Chợ phiên lên mạng" in reported
    assert reported[-1] == f"Chạy thử: {len(reported) - 1} việc, chưa gửi gì. Thêm --send để gửi thật."
    assert not (tmp_path / "state.json").exists()


def test_what_is_published_at_an_address_is_sent_as_the_interface_wants_it(output, tmp_path):
    account, reported = Account(lambda: 1e9), []
    with served(output) as address, standing(account) as (api, oauth):
        given = order(tmp_path, address, reported, send=True, environment={"ZALO_ACCESS_TOKEN": "a0"}, api=api, oauth=oauth)
        account.slowest = 0
        assert sync(given) == 0
        assert sync(given) == 0
    assert account.wrong == []
    listed = json.loads((output / "feeds/zalo.json").read_text("utf-8"))["items"]
    assert len(account.articles) == len(listed) > 5
    assert reported[-1] == f"Kênh Zalo đã khớp với trang: {len(listed)} bài, không có gì phải làm."


def test_an_article_that_does_not_fit_the_list_is_not_sent(output, tmp_path):
    class Torn:
        def request(self, method, url, headers=None, data=None):
            answer = HttpClient(time.monotonic).request(method, url, headers, data)
            return answer if url.endswith("feeds/zalo.json") else type(answer)(200, {}, answer.body[:-9])

    with served(output) as address, pytest.raises(Unpublished, match="chưa khớp với danh sách"):
        SiteSource(address, Torn(), lambda seconds: None).read()


def test_where_nothing_is_published_it_is_reported(tmp_path):
    with pytest.raises(Unpublished, match="Không đọc được danh sách bài cho Zalo"):
        sync(order(tmp_path, tmp_path, []))


def test_two_runs_at_once_are_refused(output, tmp_path):
    with (
        held_by_another(tmp_path / "state.json.lock"),
        pytest.raises(Busy, match=r"^Một lệnh khác đang dùng kênh Zalo: invoke publish của dang@may-1 "),
    ):
        sync(order(tmp_path, output, []))


def test_a_placeholder_site_is_never_sent(tmp_path, committed):
    reported = []
    with pytest.raises(WrongUse, match=r"địa chỉ giữ chỗ https://example\.invalid/"):
        sync(order(tmp_path, committed, reported, send=True, environment={"ZALO_ACCESS_TOKEN": "a0"}))
    assert sync(order(tmp_path, committed, reported)) == 0


def test_a_channel_can_begin_with_what_comes_later(output, tmp_path):
    reported = []
    count = len(json.loads((output / "feeds/zalo.json").read_text("utf-8"))["items"])
    assert sync(order(tmp_path, output, reported, from_now=True)) == 0
    assert not (tmp_path / "state.json").exists()
    assert sync(order(tmp_path, output, reported, from_now=True, send=True)) == 0
    assert sync(order(tmp_path, output, reported)) == 0
    assert reported == [
        f"Sẽ ghi nhớ {count} bài đang có để không đăng. Thêm --send để ghi thật.",
        f"Đã ghi nhớ {count} bài đang có để không đăng. Từ lần chạy sau, chỉ bài mới lên kênh.",
        f"Kênh Zalo đã khớp với trang: {count} bài, không có gì phải làm.",
    ]


def test_an_interface_that_never_answers_is_given_up(output, tmp_path):
    reported, waits = [], []
    changes = {"send": True, "environment": {"ZALO_ACCESS_TOKEN": "a0"}, "api": "http://127.0.0.1:1/", "sleep": waits.append}
    assert sync(order(tmp_path, output, reported, **changes)) == 1
    assert reported[:3] == [
        "Đợi 16 giây rồi hỏi lại: máy chủ không nhận kết nối.",
        "Không đọc hết được các bài của tài khoản: máy chủ không nhận kết nối",
        "Chưa đăng bài mới nào, để khỏi đăng trùng.",
    ]
    count = len(json.loads((output / "feeds/zalo.json").read_text("utf-8"))["items"])
    ChannelState(tmp_path / "state.json").save()
    reported.clear()
    assert sync(order(tmp_path, output, reported, **changes)) == 1
    failed = [line for line in reported if line.startswith("Chưa đăng được")]
    assert (len(failed), failed[0].partition("”: ")[2]) == (2, "máy chủ không nhận kết nối")
    assert reported[-2:] == [
        f"Máy chủ Zalo chưa phục vụ được. Để lại {count - 2} việc khác cho lần chạy sau.",
        f"Còn {count} việc chưa xong. Chạy lại lệnh này để làm tiếp, không sợ đăng trùng.",
    ]
    assert sum(waits) < 120


def test_what_the_plan_allows_is_reported_before_anything_is_sent(output, tmp_path):
    reported = []
    assert sync(order(tmp_path, output, reported, monthly=60, limit=2)) == 0
    assert [line.partition(":")[0] for line in reported[:2]] == ["Sẽ đăng"] * 2
    count = len(json.loads((output / "feeds/zalo.json").read_text("utf-8"))["items"])
    assert reported[2:] == [
        "Gói cho phép 60 bài mỗi tháng: tháng này đã đăng 0, còn 60.",
        f"Để lại {count - 2} bài mới cho lần sau.",
        "Chạy thử: 2 việc, chưa gửi gì. Thêm --send để gửi thật.",
    ]


def test_kinds_are_chosen_by_their_names(output, tmp_path):
    reported = []
    assert sync(order(tmp_path, output, reported, kinds="van-ban, tap-huan")) == 0
    kinds = [item["kind"] for item in json.loads((output / "feeds/zalo.json").read_text("utf-8"))["items"]]
    assert len([line for line in reported if line.startswith("Sẽ đăng")]) == len(kinds) - kinds.count("tin-tuc") > 0


def older_site(output, folder):
    """Copy what a site has published, without the fields that came later."""
    shutil.copytree(output / "feeds", folder / "feeds")
    listed = json.loads((folder / "feeds/zalo.json").read_text("utf-8"))
    for item in listed["items"]:
        del item["kind"], item["former"]
    (folder / "feeds/zalo.json").write_text(json.dumps(listed), "utf-8")
    return folder


def test_the_list_of_an_older_site_is_read(output, tmp_path):
    reported, site = [], older_site(output, tmp_path / "site")
    assert sync(order(tmp_path, site, reported)) == 0
    assert reported[-1].startswith("Chạy thử: ")
    with pytest.raises(WrongUse, match=r"do bản cũ của chương trình dựng, chưa ghi loại bài nên chưa chọn bằng --kinds được"):
        sync(order(tmp_path, site, reported, kinds="tin-tuc"))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"kinds": "tin-tuc,trang,x"},
            "--kinds có loại không có: trang, x. Cách sửa: chọn trong tin-tuc, van-ban, tap-huan, hoi-dap, lay-y-kien, cách nhau bằng dấu phẩy.",
        ),
        ({"limit": -2}, "--limit là số bài mới nhiều nhất của một lần chạy, từ 0 trở lên."),
        (
            {"monthly": "60"},
            "ZALO_MONTHLY_ARTICLES trong publishconf.py là '60', không phải số bài. "
            "Cách sửa: ghi số bài gói cho phép mỗi tháng, ví dụ 60, hoặc None khi chưa biết.",
        ),
        ({"settling": 5}, "ZALO_SETTLING_MINUTES trong publishconf.py là 5. Cách sửa: ghi số phút từ 15 đến 1440."),
        ({"gone": "https://a.vn/"}, "--create-again và --gone chỉ dùng khi gửi thật. Cách sửa: thêm --send."),
    ],
)
def test_options_that_make_no_sense_are_refused(output, tmp_path, changes, message):
    with pytest.raises(WrongUse) as refused:
        sync(order(tmp_path, output, [], **changes))
    assert str(refused.value) == message


def test_an_account_that_is_refused_ends_with_1(output, tmp_path):
    reported, account = [], Account(lambda: 0.0, refuse={"*": -224})
    with standing(account) as (api, oauth), pytest.raises(BuildStopped) as stopped:
        sync(order(tmp_path, output, reported, send=True, environment={"ZALO_ACCESS_TOKEN": "a0"}, api=api, oauth=oauth))
    assert (stopped.value.exitcode, reported) == (1, [])
    assert str(stopped.value).startswith("Zalo từ chối cả tài khoản OA: refused (mã -224). Chưa kết luận gì về bài nào.")


@pytest.mark.parametrize("state", ["none/state.json", "."])
def test_a_state_needs_a_folder(output, tmp_path, state):
    with pytest.raises(WrongUse, match=r"Tệp trạng thái .* Cách sửa: sửa --state, hoặc tạo thư mục\."):
        sync(order(tmp_path, output, [], state=tmp_path / state))


@pytest.mark.parametrize(
    "held",
    [
        "",
        "{",
        "[]",
        '{"version": 1, "items": 5}',
        '{"version": 1, "items": []}',
        '{"version": 2, "items": {}}',
        '{"version": 1, "items": {"a": {"b": 1}}}',
    ],
)
def test_a_state_that_cannot_be_read_stops_the_job(tmp_path, held):
    (tmp_path / "state.json").write_text(held, "utf-8")
    with pytest.raises(BuildStopped, match="Không đọc được tệp trạng thái"):
        read_state(tmp_path / "state.json")


def test_keys_that_others_can_read_are_refused(tmp_path):
    file = tmp_path / "tokens.json"
    write_json(file, {"access_token": "bi-mat"})
    assert read_tokens(file, {}).access == "bi-mat"
    file.chmod(0o640)
    with pytest.raises(WrongUse, match="chmod 600") as reported:
        read_tokens(file, {})
    assert "bi-mat" not in str(reported.value) and "bi-mat" not in repr(reported.value)


def test_without_a_key_nothing_is_sent(output, tmp_path):
    with pytest.raises(NoKey, match="Chưa có access_token"):
        sync(order(tmp_path, output, [], send=True))


def test_a_key_of_the_environment_alone_is_not_renewed(output, tmp_path):
    account = Account(lambda: 0.0, access="other")
    environment = {"ZALO_ACCESS_TOKEN": "old", "ZALO_REFRESH_TOKEN": "r0", "ZALO_APP_ID": "app", "ZALO_SECRET_KEY": "secret"}
    with standing(account) as (api, oauth), pytest.raises(NoKey, match="--tokens"):
        sync(order(tmp_path, output, [], send=True, environment=environment, api=api, oauth=oauth))
    assert account.renewals == 0


def answering(send):
    """Serve one connection with a function of its socket; return the address."""
    listening = socket.create_server(("127.0.0.1", 0))

    def work():
        connection, _ = listening.accept()
        with listening, connection:
            connection.recv(65536)
            send(connection)

    threading.Thread(target=work, daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}/"


def dribble(connection, letters):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(letters):
        try:
            connection.sendall(b"x")
        except OSError:
            return
        time.sleep(0.05)


@pytest.mark.parametrize(
    "send",
    [
        lambda connection: None,
        lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"),
        lambda connection: connection.sendall(b"nonsense\r\n\r\n"),
        partial(dribble, letters=200),
    ],
)
def test_an_answer_that_is_never_complete_is_none(send):
    started = time.monotonic()
    with pytest.raises(TransportError):
        HttpClient(time.monotonic, seconds=0.5).request("GET", answering(send))
    assert time.monotonic() - started < 3


def test_no_token_follows_a_redirect():
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    answer = HttpClient(time.monotonic).request(
        "GET", answering(lambda connection: connection.sendall(moved)), {"access_token": "a"}
    )
    assert answer.status == 302
