"""Subscribers of feeds: feedparser, newsboat, reader, rss2email, and a follower of the archive that was written for this."""

import email
import email.policy
import os
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import feedparser
import reader
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


class Polling:
    """A program that keeps what it saw of some feeds by itself, with feedparser: ids, dates, and how often each went back."""

    def __init__(self, addresses):
        self.addresses = addresses
        self.seen: set[str] = set()
        self.updated: dict[str, str] = {}
        self.backwards: list[str] = []
        self.twice: list[str] = []

    def poll(self):
        for address in self.addresses:
            parsed = feedparser.parse(address)
            assert not parsed.bozo, (address, parsed.get("bozo_exception"))
            ids = [entry.id for entry in parsed.entries]
            self.twice += [f"{address} {id_}" for id_ in ids if ids.count(id_) > 1]
            self.seen |= set(ids)
            for key, parsed_date in [
                (address, parsed.feed.updated_parsed),
                *((f"{address} {entry.id}", entry.updated_parsed) for entry in parsed.entries if "updated_parsed" in entry),
            ]:
                self._note(key, "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}".format(*parsed_date[:6]))

    def _note(self, key, date):
        if date < self.updated.get(key, ""):
            self.backwards.append(f"{key}: {self.updated[key]} to {date}")
        self.updated[key] = date


class Newsboat:
    """Debian's newsboat, with a cache of its own."""

    def __init__(self, folder, address):
        self.folder = folder / "newsboat"
        self.folder.mkdir()
        (self.folder / "urls").write_text(f"{address}\n", "utf-8")
        (self.folder / "config").write_text("", "utf-8")

    def poll(self):
        options = ["-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"]
        environment = {"LC_ALL": "C.UTF-8", "HOME": str(self.folder), "PATH": "/usr/bin:/bin"}
        subprocess.run(["newsboat", *options], cwd=self.folder, check=True, timeout=60, env=environment)

    @property
    def ids(self):
        with sqlite3.connect(self.folder / "cache.db") as cache:
            return [row[0] for row in cache.execute("select guid from rss_item")]


class Reader:
    """The library reader, as programs of one's own use it."""

    def __init__(self, folder, address):
        self.reader = reader.make_reader(str(folder / "reader.sqlite"))
        self.address = address
        self.reader.add_feed(address)

    def poll(self):
        self.reader.update_feed(self.address)  # raises what goes wrong

    @property
    def ids(self):
        return [entry.id for entry in self.reader.get_entries()]


class Mails:
    """rss2email, which sends each entry once; here into a folder."""

    def __init__(self, folder, address):
        self.folder = folder / "mail"
        for name in ("thu/cur", "thu/new", "thu/tmp"):
            (self.folder / name).mkdir(parents=True)
        config = (
            f"[DEFAULT]\nemail-protocol = maildir\nmaildir-path = {self.folder}\nmaildir-mailbox = thu\nfrom = tin@thu-nghiem.vn\n"
        )
        (self.folder / "config").write_text(f"{config}to = dan@thu-nghiem.vn\n", "utf-8")
        self._run("add", "tin", address)

    def poll(self):
        self._run("run")

    def _run(self, *arguments):
        command = [str(Path(sys.executable).with_name("r2e")), "-c", "config", "-d", "data.json", *arguments]
        subprocess.run(
            command, cwd=self.folder, check=True, timeout=120, capture_output=True, env={**os.environ, "HOME": str(self.folder)}
        )

    @property
    def ids(self):
        files = list((self.folder / "thu/new").iterdir())
        mails = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]
        return [str(mail["X-RSS-ID"]) for mail in mails]


class Follower:
    """Follows the archive (RFC 5005) to the first page that it knows, and deletes what it is told to (RFC 6721)."""

    def __init__(self, folder, base, address):
        self.folder, self.base, self.address = folder, base, address
        self.items: dict[str, datetime] = {}
        self.notices: dict[str, datetime] = {}
        self.pages: set[str] = set()
        self.faults: list[str] = []

    def poll(self):
        address, known = self.address, False
        found = []
        while address and not known:
            root = etree.parse(self.folder / address.removeprefix(self.base)).getroot()
            found.append(root)
            link = root.find(f"{ATOM}link[@rel='prev-archive']")
            address = None if link is None else link.get("href")
            known = address in self.pages
            self.pages |= {address} if address else set()
        for root in reversed(found):
            self._take(root)

    def _take(self, root):
        for entry in root.iter(f"{ATOM}entry"):
            id_, updated = entry.findtext(f"{ATOM}id"), datetime.fromisoformat(entry.findtext(f"{ATOM}updated"))
            if updated < self.items.get(id_, updated):
                self.faults.append(f"{id_} goes back to {updated}")
            if id_ in self.notices and updated <= self.notices[id_]:
                self.faults.append(f"{id_} was restored at {updated}, not after its notice of {self.notices[id_]}")
            self.notices.pop(id_, None)
            self.items[id_] = updated
        for notice in root.iter(TOMBSTONE):
            id_, when = notice.get("ref"), datetime.fromisoformat(notice.get("when"))
            if when <= self.items.get(id_, datetime.min.replace(tzinfo=when.tzinfo)):
                self.faults.append(f"{id_} was withdrawn at {when}, not after {self.items[id_]}")
            self.items.pop(id_, None)
            self.notices[id_] = when
