"""The job that fills the Zalo channel: nothing doubled, nothing lost, whatever the interface, the network and the machine do."""

import json

import pytest
from conftest import SEED, SOAK
from standin import FAULTS, standing
from zalo_world import DAY, HOUR, MINUTE, Crash, World, address_of, id_of

from chuyendoiso.deploy.zalo.acts import plan
from chuyendoiso.deploy.zalo.error_codes import ERRORS, AccountRefused, Meaning
from chuyendoiso.deploy.zalo.quota import Allowance
from chuyendoiso.deploy.zalo.tokens import NoKey
from chuyendoiso.system.errors import BuildStopped


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


SEQUENCES = 300 if SOAK else 25


def test_articles_are_created_changed_and_removed(world, monkeypatch):
    with standing(world.account) as addresses:
        for name in ("một", "hai", "ba"):
            world.put(name)
        assert world.run(addresses, monkeypatch)
        assert world.on_the_channel() == world.expected()
        titles = [act["title"] for act in world.account.articles.values()]
        assert titles == ["Tin ba", "Tin hai", "Tin một"], "the newest first"
        world.put("hai", "Chữ khác.")
        world.withdraw("ba")
        assert world.run(addresses, monkeypatch)
        assert world.on_the_channel() == world.expected()
        before = len(world.account.asked)
        assert world.run(addresses, monkeypatch)
        assert len(world.account.asked) == before, "what is done is not asked again"
    assert world.account.wrong == []
    assert sorted(world.messages[1:4]) == ["Đã đăng “Tin ba”.", "Đã đăng “Tin hai”.", "Đã đăng “Tin một”."]
    assert world.messages[4:] == ["Đã gỡ “Tin ba”.", "Đã sửa “Tin hai”."]


@pytest.mark.parametrize("text", ["Chữ.", "Chữ khác."])
def test_an_article_that_this_job_removed_is_no_article_that_a_person_removed(world, monkeypatch, text):
    """The response to the removal is lost, and the item is published again before the next run."""
    with standing(world.account) as addresses:
        for name in ("một", "hai"):
            world.put(name)
        assert world.run(addresses, monkeypatch)
        world.withdraw("hai")
        world.account.faults, world.steps = ["drop after"], 4
        with pytest.raises(Crash):
            world.run(addresses, monkeypatch)
        assert len(world.account.articles) == 1
        world.account.faults, world.steps = [], None
        world.put("hai", text)
        for _ in range(3):
            world.time += DAY
            world.run(addresses, monkeypatch)
        assert world.on_the_channel() == world.expected()
    assert not any(known.gone for known in world.known().items.values())


# ── random sequences ────────────────────────────────────────────────────────────────────────────────────────────────────


def disturb(world, chance):
    """Choose what goes wrong until the next change."""
    account = world.account
    world.crashes = chance.choice([0.0, 0.01, 0.05])
    rate = chance.choice([0.0, 0.1, 0.4])
    account.faults = [chance.choice(FAULTS) if chance.random() < rate else "" for _ in range(40)]
    account.slowest, account.unlisted = chance.choice([(0, 0), (30, 30), (70, 200), (400, 200), (600, 0), (600, 200)])
    account.processing = chance.choice([None, -214, -777])
    account.expired_code = chance.choice([-124, -216, -220])
    account.form = chance.choice(["flat", "flat", "data"])
    account.most = chance.choice([10, 10, 3])
    account.refuse = chance.choice([{}] * 6 + [{"*": -224}, {"*": -213}, {"*": -220}, {"remove": -204}, {"create": -999}])
    account.empty = (
        chance.random() < 0.1 and world.state.exists() and bool(world.known().articles)
    )  # else it looks like a new account
    account.monthly, account.daily = chance.choice([(None, None)] * 3 + [(2, None), (None, 1)])


def change(world, chance):
    for _ in range(chance.randrange(1, 4)):
        name = chance.choice("abcde")
        if chance.random() < 0.25:
            world.withdraw(name)
        else:
            world.put(name, f"Chữ {chance.randrange(100)}.")


def lose_state(world, chance, backup):
    """Restore an older state, or delete it once the channel shows that there was one.

    An article that is in the older state and not on the channel may have been removed by a person, or by the job after the backup:
    the job takes it for the former, so such a backup is not restored here.
    """
    listed = [id_ for id_ in world.account.articles if world.account.listed[id_] <= world.time]
    world.account.empty = False
    if backup and chance.random() < 0.6 and all(article in world.account.articles for article in articles_in(backup)):
        world.restore_state(backup)
    elif listed:
        world.state.unlink(missing_ok=True)


def articles_in(state):
    return {known["article"] or world_id(known["token"]) for known in json.loads(state)["items"].values()} - {None}


def world_id(token):
    return token and token.replace("t", "id")


def delete_by_hand(world, chance):
    """Have a person remove an article on Zalo that the job knows; return the name of its item."""
    known = {known.article: known.title.removeprefix("Tin ") for known in world.known().items.values() if not known.gone}
    listed = [article for article in world.account.articles if article in known]
    if len(listed) < 2:
        return ""
    article = chance.choice(listed)
    del world.account.articles[article]
    return known[article]


def calm(world):
    """End every fault; time passes until quotas are renewed."""
    account = world.account
    world.crashes, account.faults, account.refuse, account.empty = 0.0, [], {}, False
    account.monthly = account.daily = None
    account.slowest, account.unlisted, account.processing = 600, 200, -214
    world.time += 40 * DAY


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(SEED, SEED + SEQUENCES))
def test_random_faults_leave_no_duplicate_lost_or_stale_article_and_print_no_key(tmp_path, monkeypatch, seed):
    world = World(tmp_path, seed)
    chance, backup = world.chance, b""
    losing, deleted = seed % 2, ""  # in every other sequence the state is lost; in the others a person removes an article
    with standing(world.account) as addresses:
        for _ in range(chance.randrange(1, 5)):
            change(world, chance)
            disturb(world, chance)
            for _ in range(chance.randrange(1, 4)):
                try:
                    world.run(addresses, monkeypatch, allowance=Allowance(limit=chance.choice([None, None, 1])))
                except Crash:
                    pass
                except BuildStopped as stopped:  # refused as a whole; the next run goes on
                    world.messages.append(str(stopped))
                world.time += chance.choice([1, 5 * MINUTE, 15 * MINUTE, 2 * HOUR])
            if losing and chance.random() < 0.4:
                lose_state(world, chance, backup)
            if not losing and not deleted and chance.random() < 0.4:
                deleted = delete_by_hand(world, chance)
            if world.state.exists() and chance.random() < 0.5:
                backup = world.state.read_bytes()
        calm(world)
        for _ in range(6):
            last = world.run(addresses, monkeypatch)
            if not last and deleted and f"--gone {address_of(deleted)}" in world.messages[-1]:
                world.run(addresses, monkeypatch, gone=address_of(deleted))
            world.time += 40 * MINUTE
    assert last, world.messages[-10:]
    gone = {known.title.removeprefix("Tin ") for known in world.known().items.values() if known.gone}
    assert gone <= {deleted}
    on_channel = world.on_the_channel()
    assert on_channel == world.expected(without={deleted} if address_of(deleted) not in on_channel else ()), world.messages[-20:]
    assert world.account.wrong == []
    assert list(plan(world.published, world.known())) == []
    secrets = [f"{letter}{number}" for letter in "ar" for number in range(world.account.renewals + 1)]
    words = " ".join(world.messages).replace("“", " ").replace("”", " ").split()
    assert not {*secrets, "secret"} & set(words)
    assert not any(f'"{secret}"' in world.state.read_text() for secret in (*secrets, "secret"))


def test_a_kill_at_any_step_creates_no_duplicate(tmp_path, monkeypatch):
    """A run that creates, updates and removes is killed at its first step, at its second, and so on to its last."""
    for steps in range(200):
        world = World(tmp_path / str(steps)) if not (tmp_path / str(steps)).mkdir() else None
        with standing(world.account) as addresses:
            world.put("một")
            world.put("hai")
            assert world.run(addresses, monkeypatch)
            world.put("một", "Sửa.")
            world.withdraw("hai")
            world.put("ba")
            world.steps = steps
            try:
                world.run(addresses, monkeypatch)
                finished = True
            except Crash:
                finished = False
            world.steps = None
            world.time += HOUR
            assert world.run(addresses, monkeypatch)
            assert world.on_the_channel() == world.expected()
        if finished:
            return
    raise AssertionError("the run never ends")


# ── refusals ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", [-224, -213, -204, -220, -216, -124])
def test_a_refusal_of_the_account_proves_nothing_about_articles(world, monkeypatch, code):
    with standing(world.account) as addresses:
        world.put("một")
        world.put("hai")
        assert world.run(addresses, monkeypatch)
        before, state = world.on_the_channel(), world.known().items
        world.withdraw("một")
        world.put("hai", "Sửa.")
        world.account.refuse = {"*": code}
        reported = len(world.messages)
        with pytest.raises(AccountRefused) as stopped:
            world.run(addresses, monkeypatch)
        assert (stopped.value.exitcode, f"mã {code}" in str(stopped.value), world.messages[reported:]) == (1, True, [])
        assert (world.on_the_channel(), world.known().items) == (before, state)
        world.account.refuse = {}
        assert world.run(addresses, monkeypatch)
        assert world.on_the_channel() == world.expected()


@pytest.mark.parametrize("code", [-201, -999, 5])
@pytest.mark.parametrize("act", ["remove", "update"])
def test_a_refusal_of_an_article_that_is_listed_is_still_to_do(world, monkeypatch, act, code):
    with standing(world.account) as addresses:
        world.put("một")
        world.put("hai")
        assert world.run(addresses, monkeypatch)
        world.time += HOUR
        world.account.refuse = {act: code, "getdetail": code}
        if act == "remove":
            world.withdraw("một")
        else:
            world.put("một", "Sửa.")
        for _ in range(3):
            assert not world.run(addresses, monkeypatch)
            assert f"được “Tin một”: refused (mã {code}" in world.messages[-1]
            world.time += HOUR
        world.account.refuse = {}
        assert world.run(addresses, monkeypatch)
        assert world.on_the_channel() == world.expected()


def test_the_one_code_for_a_missing_article_is_a_setting(world, monkeypatch):
    world.errors = {**ERRORS, -1: Meaning.MISSING}
    with standing(world.account) as addresses:
        world.put("một")
        assert world.run(addresses, monkeypatch)
        world.account.articles.clear()
        world.withdraw("một")
        assert world.run(addresses, monkeypatch)
        assert "getslice" not in world.account.asked[-1:]
    assert world.messages[-1] == "Đã gỡ “Tin một”."


def test_a_refused_act_is_reported_and_the_others_are_done(world, monkeypatch):
    world.put("một")
    world.put("hai")
    create = world.account.create
    world.account.create = lambda data: (
        {"error": -201, "message": "Params is invalid"} if data["title"] == "Tin hai" else create(data)
    )
    with standing(world.account) as addresses:
        assert not world.run(addresses, monkeypatch)
        assert world.messages[1:] == ["Chưa đăng được “Tin hai”: Params is invalid (mã -201)", "Đã đăng “Tin một”."]
        world.account.create = create
        assert world.run(addresses, monkeypatch)
    assert world.on_the_channel() == world.expected()


def test_articles_of_others_are_left_alone(world, monkeypatch):
    world.add_by_hand("lạ")
    world.put("một")
    world.account.faults = ["", "", "", "drop after"]
    with standing(world.account) as addresses:
        world.run(addresses, monkeypatch)
        world.time += HOUR
        assert world.run(addresses, monkeypatch)
        world.time += HOUR
        assert world.run(addresses, monkeypatch)
    assert sorted(world.on_the_channel()) == ["https://tin.thu-nghiem.vn/tin-tuc/lạ/", "https://tin.thu-nghiem.vn/tin-tuc/một/"]


# ── what people remove ──────────────────────────────────────────────────────────────────────────────────────────────────


def delete_on_zalo(world, title):
    (id_,) = [id_ for id_, article in world.account.articles.items() if article["title"] == title]
    del world.account.articles[id_]


def test_an_article_deleted_on_zalo_itself_stays_deleted(world, monkeypatch):
    world.put("một")
    world.put("hai")
    with standing(world.account) as addresses:
        assert world.run(addresses, monkeypatch)
        world.time += HOUR
        delete_on_zalo(world, "Tin một")
        world.put("một", "Sửa.")
        assert world.run(addresses, monkeypatch)
        assert world.messages[-1] == "“Tin một” đã bị xóa ngay trên Zalo: không đăng lại."
        world.withdraw("một")
        assert world.run(addresses, monkeypatch)
        world.put("một", "Đăng lại trên trang.")
        assert world.run(addresses, monkeypatch)
        assert world.known().items[id_of("một")].gone, "withdrawn and restored, and still off the channel"
    assert world.on_the_channel() == world.expected(without=["một"])


def test_an_only_article_is_absent_once_two_lists_lack_it(world, monkeypatch):
    world.put("một")
    with standing(world.account) as addresses:
        assert world.run(addresses, monkeypatch)
        world.time += HOUR
        world.account.articles.clear()
        world.put("một", "Sửa.")
        assert not world.run(addresses, monkeypatch)
        world.time += 15 * MINUTE
        assert not world.run(addresses, monkeypatch)
        world.time += HOUR
        assert world.run(addresses, monkeypatch)
    assert world.messages[-1] == "“Tin một” đã bị xóa ngay trên Zalo: không đăng lại."


def test_a_list_without_any_known_article_proves_nothing(world, monkeypatch):
    with standing(world.account) as addresses:
        for name in ("một", "hai", "ba"):
            world.put(name)
        assert world.run(addresses, monkeypatch)
        world.withdraw("một")
        world.account.empty, world.account.refuse = True, {"remove": -999}
        for _ in range(3):
            world.time += DAY
            assert not world.run(addresses, monkeypatch)
            assert world.messages[-1].startswith(
                "Chưa gỡ được “Tin một”: danh sách của tài khoản không có bài nào trong 2 bài đã biết, nên chưa kết luận được gì."
            )
        world.account.refuse = {}
        assert world.run(addresses, monkeypatch)
    assert world.on_the_channel() == world.expected()


def test_the_operator_reports_an_absence_that_the_list_cannot_prove(world, monkeypatch):
    with standing(world.account) as addresses:
        for name in ("một", "hai"):
            world.put(name)
        assert world.run(addresses, monkeypatch)
        world.time += HOUR
        world.account.articles.clear()
        world.put("một", "Sửa.")
        assert not world.run(addresses, monkeypatch)
        assert world.messages[-1].endswith("thì chạy với --gone https://tin.thu-nghiem.vn/tin-tuc/hai/")
        assert not world.run(addresses, monkeypatch, gone="https://tin.thu-nghiem.vn/tin-tuc/hai")
        assert world.run(addresses, monkeypatch, gone="https://tin.thu-nghiem.vn/tin-tuc/một/")
        assert world.run(addresses, monkeypatch)
    assert world.account.articles == {}


# ── tokens ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", [-124, -216, -220])
def test_an_expired_access_token_is_renewed_and_saved_before_use(world, monkeypatch, code):
    world.account.access, world.account.refresh, world.account.expired_code = "other", "r0", code
    world.put("một")
    with standing(world.account) as addresses:
        assert world.run(addresses, monkeypatch)
    stored = json.loads(world.tokens.read_text())
    assert (stored["access_token"], stored["refresh_token"], world.tokens.stat().st_mode & 0o777) == ("a1", "r1", 0o600)
    assert world.account.renewals == 1


def test_without_a_valid_refresh_token_the_job_says_what_to_do_and_prints_no_key(world, monkeypatch):
    world.account.access, world.account.refresh = "other", "another"
    world.put("một")
    with standing(world.account) as addresses, pytest.raises(NoKey, match=r"cấp lại mã theo docs/ket-noi-kenh\.md") as raised:
        world.run(addresses, monkeypatch)
    assert not any(key in str(raised.value) for key in ("a0", "r0", 'secret"'))


def test_words_of_the_interface_are_repeated_without_any_key(world, monkeypatch):
    world.put("một")
    world.account.echo, world.account.refuse = True, {"create": -999}
    with standing(world.account) as addresses:
        assert not world.run(addresses, monkeypatch)
    assert world.messages[1] == "Chưa đăng được “Tin một”: refused for … (mã -999, chưa rõ nghĩa)"
