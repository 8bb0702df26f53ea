"""A year of publishing as pullers meet it: nothing missed, nothing twice, no date that goes back; `make test` has a month of it."""

import json
from datetime import timedelta

import pytest
from conftest import SEED, SOAK, build_site, served
from newsroom import Newsroom
from subscribers import Follower, Mails, Newsboat, Polling, Reader

BASE = "https://tin.thu-nghiem.vn/"
PUBLISHES = 60 if SOAK else 5
SELECTIONS = ("tat-ca", "tin-tuc", "van-ban", "tap-huan", "chu-de/xa-hoi-so", "chu-de/kinh-te-so")


def manifest(output):
    return json.loads((output / "manifest.json").read_bytes())


def published(output):
    return {item["id"]: item for item in manifest(output)["items"]}


def archive_pages(output):
    return {path.name: path.read_bytes() for path in (output / "feeds/tat-ca").glob("kho-*")}


class Dates:
    """Holds that what a puller asks for by `changed` is what changed."""

    def __init__(self):
        self.items = {}
        self.faults = []

    def compare(self, items):
        for id_, item in items.items():
            before = self.items.get(id_, item)
            if item["changed"] < before["changed"] or item["updated"] < before["updated"]:
                self.faults.append(f"{item['path']} goes back")
            if item["sha256"] != before["sha256"] and item["changed"] <= before["changed"]:
                self.faults.append(f"{item['path']} changed, its date did not: {item['changed']}")
        self.items |= items


@pytest.mark.soak
def test_a_year_of_publishing(tmp_path):
    room = Newsroom(tmp_path / "kho", SEED, items=70)
    output = tmp_path / "output"

    def publish():
        build_site(room.folder / "content", output, now=room.now, publishing=True, share_cards=False, allow_shrink=True)
        return published(output)

    before = publish()
    with served(output) as address:
        feeds = [f"{address}/feeds/{selection}/{name}" for selection in SELECTIONS for name in ("rss.xml", "atom.xml")]
        polling, dates = Polling(feeds), Dates()
        rss, atom = f"{address}/feeds/tat-ca/rss.xml", f"{address}/feeds/tat-ca/atom.xml"
        others = [Newsboat(tmp_path, rss), Reader(tmp_path, atom), Mails(tmp_path, rss)]
        follower = Follower(output, BASE, f"{BASE}feeds/tat-ca/atom.xml")
        for one in (polling, follower, *others):
            one.poll()
        dates.compare(before)
        assert follower.items.keys() == before.keys()
        expected = set(others[1].ids)
        for _ in range(PUBLISHES):
            room.now += timedelta(days=room.chance.randint(1, 10), minutes=room.chance.randint(0, 900))
            for _ in range(room.chance.randint(0, 5)):
                room.edit()
                room.now += timedelta(minutes=room.chance.randint(0, 90))
                if room.chance.random() < 0.5:
                    room.commit()
            room.commit()
            now = publish()
            for one in (polling, follower, *others):
                one.poll()
            dates.compare(now)
            expected |= now.keys() - before.keys()
            assert follower.items.keys() == now.keys()
            assert expected <= polling.seen
            for one in others:
                assert sorted(one.ids) == sorted({*one.ids}), type(one).__name__
                assert expected <= set(one.ids), type(one).__name__
            before = now
    assert (follower.faults, polling.backwards, polling.twice, dates.faults) == ([], [], [], [])


def test_an_archive_page_changes_with_its_own_entries_alone(tmp_path):
    room = Newsroom(tmp_path / "kho", 5, items=120)
    output = tmp_path / "output"

    def publish():
        build_site(room.folder / "content", output, now=room.now, publishing=True, share_cards=False, allow_shrink=True)
        return archive_pages(output)

    before = publish()
    assert set(before) == {f"kho-{number}.atom.xml" for number in range(1, 5)}
    for days in (0, -1, -200, 3):  # now, dated back, scheduled
        room.now += timedelta(hours=1)
        room.add(room.now + timedelta(days=days))
    room.commit()
    room.now += timedelta(days=5)
    assert publish() == before
    name = next(
        name
        for name in room.files
        if name.startswith("tin-tuc/") and f"/{name.removesuffix('.md')}/" in before["kho-1.atom.xml"].decode()
    )
    room.bodies[name] += "Thêm một câu.\n"
    room.now += timedelta(hours=1)
    room.commit()
    after = publish()
    assert [page for page in before if after[page] != before[page]] == ["kho-1.atom.xml"]
    room.files[name] |= {"status": "withdrawn", "withdrawn_reason": "Nhầm."}
    room.now += timedelta(hours=1)
    room.commit()
    last = publish()
    assert [page for page in after if last[page] != after[page]] == ["kho-1.atom.xml"]


def test_two_builds_of_one_commit_give_the_same_bytes(tmp_path):
    room = Newsroom(tmp_path / "kho", 6, items=60)
    for _ in range(12):
        room.edit()
        room.now += timedelta(days=1)
        room.commit()
    trees = []
    for name in ("mot", "hai"):
        output = tmp_path / name / "output"
        output.parent.mkdir()
        build_site(room.folder / "content", output, now=room.now, publishing=True, share_cards=False)
        folder = output.resolve()
        trees.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    assert trees[0] == trees[1]
