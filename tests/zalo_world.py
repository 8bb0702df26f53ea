"""For tests of the Zalo job: an account, the published items, the job's files, and a clock that tests set."""

import json
import random
from datetime import UTC, datetime, timedelta

from standin import Account

from chuyendoiso.deploy.zalo import channel_state as states
from chuyendoiso.deploy.zalo import tokens as keys
from chuyendoiso.deploy.zalo.channel_state import ChannelState, read_state
from chuyendoiso.deploy.zalo.client import Client
from chuyendoiso.deploy.zalo.published import ChannelArticle, Published
from chuyendoiso.deploy.zalo.sync import Job, RunOptions
from chuyendoiso.deploy.zalo.tokens import read_tokens
from chuyendoiso.system.atomic_write import read_state_file, write_json, write_state_file
from chuyendoiso.system.http import HttpClient

SITE = "https://tin.thu-nghiem.vn/"
START = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0


class Crash(BaseException):
    """The machine stops here."""


def address_of(name):
    return f"{SITE}tin-tuc/{name}/"


def id_of(name):
    return f"tag:tin.vn,2026:/tin-tuc/{name}/"


def article_of(name, text="Chữ.", address=""):
    url = address or address_of(name)
    return {
        "type": "normal",
        "title": f"Tin {name}",
        "author": "Ban biên tập",
        "description": "Tóm tắt.",
        "cover": {"cover_type": "photo", "photo_url": f"{SITE}a.jpg", "status": "show"},
        "body": [
            {"type": "text", "content": f'<p>{text} Xem thêm <a href="{address_of("khác")}">bài khác</a>.</p>'},
            {"type": "text", "content": f'<p>Xem: <a href="{url}">{url}</a></p>'},
        ],
        "status": "show",
        "comment": "hide",
    }


class World:
    """The job's environment; its clock advances with each request and each wait."""

    def __init__(self, folder, seed=0):
        self.chance = random.Random(seed)
        self.time = 0.0
        self.account = Account(lambda: self.time, self.chance)
        self.state, self.tokens = folder / "state.json", folder / "tokens.json"
        write_json(self.tokens, {"access_token": "a0", "refresh_token": "r0", "app_id": "app", "secret_key": "secret"})
        self.items: dict[str, ChannelArticle] = {}
        self.removed: set[str] = set()
        self.crashes = 0.0  # how likely the machine stops at each step
        self.steps = None  # after how many steps it stops
        self.messages: list[str] = []
        self.errors = None  # the table of codes, if not the usual one

    def put(self, name, text="Chữ.", kind="tin-tuc", former=()):
        article = article_of(name, text)
        self.items.pop(name, None)
        self.items[name] = ChannelArticle(id_of(name), f"Tin {name}", address_of(name), f"{name}:{text}", article, kind, former)
        self.removed.discard(id_of(name))

    def withdraw(self, name):
        self.items.pop(name, None)
        self.removed.add(id_of(name))

    @property
    def published(self):
        return Published(tuple(reversed(self.items.values())), frozenset(self.removed), SITE)

    def now(self):
        return START + timedelta(seconds=self.time)

    def sleep(self, seconds):
        self.time += seconds

    def known(self) -> ChannelState:
        return read_state(self.state)

    def restore_state(self, data: bytes):
        """Put an older state in place, as `invoke restore` does."""
        self.state.write_bytes(data)
        write_state_file(self.state, {**read_state_file(self.state, unsealed=1), "restored": True})

    def step(self):
        self.time += 0.1
        if self.steps is not None:
            self.steps -= 1
            if self.steps < 0:
                raise Crash
        if self.chance.random() < self.crashes:
            raise Crash

    def run(self, addresses, monkeypatch, **options):
        """Run the job once; return whether nothing failed."""

        def write_state(path, value):
            self.step()
            write_state_file(path, value)
            self.step()

        def write_tokens(path, value):
            write_json(path, value)
            self.step()

        monkeypatch.setattr(states, "write_state_file", write_state)
        monkeypatch.setattr(keys, "write_json", write_tokens)
        http = HttpClient(lambda: self.time, seconds=5)
        request = http.request

        class Watched:
            def request(_, method, url, headers=None, data=None):  # noqa: N805
                self.step()
                response = request(method, url, headers, data)
                if not url.endswith("access_token"):
                    self.step()
                return response

        client = Client(Watched(), read_tokens(self.tokens, {}), *addresses)
        if self.errors is not None:
            client.errors = self.errors
        job = Job(client, read_state(self.state), self.messages.append, self.sleep, self.now, options=RunOptions(**options))
        return job.run(self.published)

    def on_the_channel(self):
        """Return the texts of the channel's articles by the page that they link to."""
        texts: dict[str, list[str]] = {}
        for article in self.account.articles.values():
            text, link = article["body"]
            texts.setdefault(link["content"].split('"')[1], []).append(text["content"])
        return texts

    def expected(self, without=()):
        return {item.url: [item.article["body"][0]["content"]] for name, item in self.items.items() if name not in without}

    def add_by_hand(self, name, **options):
        """Have an article on the channel that nobody's job created."""
        self.account.create(json.loads(json.dumps(article_of(name, **options))))
        self.time += self.account.slowest + self.account.unlisted
