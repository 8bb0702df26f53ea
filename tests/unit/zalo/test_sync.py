"""The job that fills the Zalo channel: nothing doubled, nothing lost, whatever the interface, the network and the machine do."""

import json
import random

import pytest
from conftest import SEED, SOAK
from standin import FAULTS, Account, standing

from chuyendoiso.durable import write_json, write_state_file
from chuyendoiso.web import Http
from chuyendoiso.zalo import state as states
from chuyendoiso.zalo import tokens as keys
from chuyendoiso.zalo.client import Client
from chuyendoiso.zalo.published import Item, Published
from chuyendoiso.zalo.state import read_state
from chuyendoiso.zalo.sync import Job, plan
from chuyendoiso.zalo.tokens import NoKey, read_tokens

SEQUENCES = 1000 if SOAK else 200


class Crash(BaseException):
    """The machine stops here."""


class World:
    """An account, what the site has published, and the job's files; its clock goes on with each question and each wait."""

    def __init__(self, folder, seed=0):
        self.chance = random.Random(seed)
        self.time = 0.0
        self.account = Account(lambda: self.time, self.chance)
        self.state, self.tokens = folder / "state.json", folder / "tokens.json"
        write_json(self.tokens, {"access_token": "a0", "refresh_token": "r0", "app_id": "app", "secret_key": "secret"})
        self.items: dict[str, Item] = {}
        self.removed: set[str] = set()
        self.crashes = 0.0  # how likely the machine stops at each step
        self.told: list[str] = []

    def put(self, name, text="Chữ."):
        url = f"https://tin.thu-nghiem.vn/tin-tuc/{name}/"
        body = [
            {"type": "text", "content": f"<p>{text}</p>"},
            {"type": "text", "content": f'<p>Xem: <a href="{url}">{url}</a></p>'},
        ]
        cover = {"cover_type": "photo", "photo_url": "https://tin.thu-nghiem.vn/a.jpg", "status": "show"}
        article = {
            "type": "normal",
            "title": f"Tin {name[:1]}",
            "author": "Ban biên tập",
            "description": "Tóm tắt.",
            "cover": cover,
        }
        article |= {"body": body, "status": "show", "comment": "hide"}
        self.items[name] = Item(name, f"Tin {name}", url, f"{name}:{text}", article)
        self.removed.discard(name)

    def withdraw(self, name):
        self.items.pop(name, None)
        self.removed.add(name)

    @property
    def published(self):
        return Published(tuple(reversed(self.items.values())), frozenset(self.removed))

    def sleep(self, seconds):
        self.time += seconds

    def maybe_crash(self):
        self.time += 0.1
        if self.chance.random() < self.crashes:
            raise Crash

    def run(self, addresses, monkeypatch):
        """Run the job once; return whether nothing remains."""

        def write_state(path, value):
            self.maybe_crash()
            write_state_file(path, value)
            self.maybe_crash()

        def write_tokens(path, value):
            write_json(path, value)
            self.maybe_crash()

        monkeypatch.setattr(states, "write_state_file", write_state)
        monkeypatch.setattr(keys, "write_json", write_tokens)
        http = Http(lambda: self.time, seconds=5)
        ask = http.ask

        class Watched:
            def ask(_, method, url, headers=None, data=None):  # noqa: N805
                self.maybe_crash()
                answer = ask(method, url, headers, data)
                if not url.endswith("access_token"):
                    self.maybe_crash()
                return answer

        client = Client(Watched(), read_tokens(self.tokens, {}), *addresses)
        return Job(client, read_state(self.state), self.told.append, self.sleep).run(self.published)

    def on_the_channel(self):
        """Return what readers of the channel see: the text of each article by the page that it leads to, all of them."""
        found: dict[str, list[str]] = {}
        for article in self.account.articles.values():
            text, link = article["body"]
            found.setdefault(link["content"].split('"')[1], []).append(text["content"])
        return found

    def wanted(self):
        return {item.url: [item.article["body"][0]["content"]] for item in self.items.values()}


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def test_articles_are_created_changed_and_removed(world, monkeypatch):
    with standing(world.account) as addresses:
        for name in ("một", "hai", "ba"):
            world.put(name)
        assert world.run(addresses, monkeypatch)
        assert world.on_the_channel() == world.wanted()
        assert [act["title"] for act in world.account.articles.values()] == ["Tin m", "Tin h", "Tin b"], "the oldest first"
        world.put("hai", "Chữ khác.")
        world.withdraw("ba")
        assert world.run(addresses, monkeypatch)
        assert world.on_the_channel() == world.wanted()
        before = len(world.account.asked)
        assert world.run(addresses, monkeypatch)
        assert len(world.account.asked) == before, "what is done is not asked again"
    assert world.account.wrong == []
    assert world.told == ["Đã đăng “Tin một”.", "Đã đăng “Tin hai”.", "Đã đăng “Tin ba”.", "Đã sửa “Tin hai”.", "Đã gỡ “Tin ba”."]


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(SEED, SEED + SEQUENCES))
def test_whatever_happens_nothing_is_doubled_and_nothing_lost(tmp_path, monkeypatch, seed):
    world = World(tmp_path, seed)
    chance = world.chance
    with standing(world.account) as addresses:
        for _ in range(chance.randrange(1, 4)):
            for _ in range(chance.randrange(1, 4)):
                name = chance.choice("abcde")
                if chance.random() < 0.2:
                    world.withdraw(name)
                else:
                    world.put(name, f"Chữ {chance.randrange(100)}.")
            world.crashes = chance.choice([0.0, 0.02, 0.1])
            rate = chance.choice([0.1, 0.3, 0.5])
            world.account.faults = [chance.choice(FAULTS) if chance.random() < rate else "" for _ in range(60)]
            for _ in range(chance.randrange(1, 4)):
                try:
                    world.run(addresses, monkeypatch)
                except (Crash, NoKey):  # new keys that are refused at once end a run; the next one goes on
                    continue
        world.crashes, world.account.faults = 0.0, []
        assert world.run(addresses, monkeypatch), world.told
    assert world.on_the_channel() == world.wanted()
    assert world.account.wrong == []
    assert list(plan(world.published, read_state(world.state))) == []


def test_an_access_token_that_has_run_out_is_renewed_and_kept_before_it_is_used(world, monkeypatch):
    world.account.access, world.account.refresh = "other", "r0"
    world.put("một")
    with standing(world.account) as addresses:
        assert world.run(addresses, monkeypatch)
    kept = json.loads(world.tokens.read_text())
    assert (kept["access_token"], kept["refresh_token"], world.tokens.stat().st_mode & 0o777) == ("a1", "r1", 0o600)


def test_without_a_valid_refresh_token_the_job_says_what_to_do_and_prints_no_key(world, monkeypatch):
    world.account.access, world.account.refresh = "other", "another"
    world.put("một")
    with standing(world.account) as addresses, pytest.raises(NoKey, match=r"cấp lại mã theo docs/ket-noi-kenh\.md") as told:
        world.run(addresses, monkeypatch)
    assert not any(key in str(told.value) for key in ("a0", "r0", 'secret"'))


def test_what_zalo_refuses_is_told_and_the_rest_is_done(world, monkeypatch):
    world.put("một")
    world.put("hai")
    create = world.account.create
    world.account.create = lambda data: (
        {"error": -201, "message": "Params is invalid"} if data["title"] == "Tin m" else create(data)
    )
    with standing(world.account) as addresses:
        assert not world.run(addresses, monkeypatch)
        assert world.told == ["Chưa đăng được “Tin một”: Params is invalid (mã -201)", "Đã đăng “Tin hai”."]
        world.account.create = create
        assert world.run(addresses, monkeypatch)
    assert world.on_the_channel() == world.wanted()


def test_an_article_deleted_on_zalo_itself_stays_deleted(world, monkeypatch):
    world.put("một")
    with standing(world.account) as addresses:
        assert world.run(addresses, monkeypatch)
        world.account.articles.clear()
        world.put("một", "Sửa.")
        assert world.run(addresses, monkeypatch)
        assert world.run(addresses, monkeypatch)
    assert world.account.articles == {}
    assert world.told[-1] == "“Tin một” đã bị xóa ngay trên Zalo: không đăng lại."


def test_articles_of_others_are_left_alone(world, monkeypatch):
    world.account.create({**json.loads(json.dumps(_other()))})
    world.put("một")
    world.account.faults = ["drop after"]
    with standing(world.account) as addresses:
        assert world.run(addresses, monkeypatch)
    assert sorted(world.on_the_channel()) == ["https://tin.thu-nghiem.vn/tin-tuc/khác/", "https://tin.thu-nghiem.vn/tin-tuc/một/"]


def _other():
    other = World.__new__(World)
    other.items, other.removed = {}, set()
    other.put("khác")
    return other.items["khác"].article
