"""A newsroom that goes on for as long as a test wants: random edits, each committed at its own instant."""

import json
import random
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from repositories import commit, git

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST = datetime(2026, 1, 5, 8, tzinfo=ZONE)
SITE = """site: {name: Trang thử, url: "https://tin.thu-nghiem.vn/", language: vi, timezone: Asia/Ho_Chi_Minh, feed_authority: "tin.thu-nghiem.vn,2026"}
owner: {name: Phòng Thử nghiệm}
topics: [{slug: xa-hoi-so, name: Xã hội số}, {slug: kinh-te-so, name: Kinh tế số}]
audiences: [{id: nguoi-dan, name: Người dân}]
issuers: [{id: ubnd, name: Ủy ban nhân dân}]
channels: [{id: coc-coc, name: Cốc Cốc}]
"""


class Newsroom:
    """Content in a repository; `now` is the instant of its editors' clock."""

    def __init__(self, folder: Path, seed: int, items: int):
        self.folder, self.chance, self.now = folder, random.Random(seed), FIRST
        self.files: dict[str, dict] = {}
        self.bodies: dict[str, str] = {}
        self.count = 0
        folder.mkdir()
        git(folder, "init", "-q", "-b", "main")
        (folder / "content").mkdir()
        (folder / "content/site.yml").write_text(SITE, "utf-8")
        for _ in range(items):
            self.add(self.now - timedelta(days=self.chance.randint(1, 400), minutes=self.chance.randint(0, 900)))
        self.commit()

    # ── edits ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def add(self, date: datetime | None = None, **fields):
        """Add an item: dated now, back or ahead, or a draft."""
        self.count += 1
        kind = self.chance.choice(["tin-tuc", "tin-tuc", "tin-tuc", "van-ban", "tap-huan"])
        if date is None:
            days = self.chance.choice([0, 0, 0, -3, -40, -300, 2, 9])
            date = self.now + timedelta(days=days)
        name = f"{kind}/{f'{date.year}/' if kind == 'tin-tuc' else ''}muc-{self.count}.md"
        common = {"title": f"Mục {self.count} & <số>", "date": f"{date:%Y-%m-%d %H:%M}", "summary": f"Tóm tắt <{self.count}>."}
        common |= {"topic": self.chance.choice(["xa-hoi-so", "kinh-te-so"]), **fields}
        if kind == "van-ban":
            effective = date + timedelta(days=self.chance.randint(-30, 60))
            common |= {
                "document_number": f"{self.count}/QĐ-UBND", "document_type": "Quyết định", "issuing_body": "ubnd",
                "issued_on": f"{date:%Y-%m-%d}", "subject": "Về việc thử", "effective_on": f"{max(effective, date):%Y-%m-%d}",
            }  # fmt: skip
        if kind == "tap-huan":
            common["audience"] = ["nguoi-dan"]
            common["session"] = self._session(date + timedelta(days=self.chance.randint(1, 30)))
        self.files[name], self.bodies[name] = common, f"Nội dung của mục {self.count}.\n"

    @staticmethod
    def _session(starts: datetime) -> dict:
        return {"starts_at": f"{starts:%Y-%m-%d %H:%M}", "ends_at": f"{starts + timedelta(hours=2):%Y-%m-%d %H:%M}"}

    def edit(self):
        """Do one thing that an editor does."""
        work = self.chance.choice([
            self.add, self.add, self.add, self.mend_typing, self.change, self.correct, self.withdraw, self.restore,
            self.rename, self.move_topic, self.draft, self.finish, self.reschedule,
        ])  # fmt: skip
        work()

    def _some(self, *statuses: str) -> str | None:
        found = [
            name for name, fields in self.files.items() if fields.get("status", "published") in statuses and self._is_past(name)
        ]
        return self.chance.choice(found) if found else None

    def _is_past(self, name: str) -> bool:
        return datetime.strptime(self.files[name]["date"], "%Y-%m-%d %H:%M").replace(tzinfo=ZONE) <= self.now

    def mend_typing(self):
        if name := self._some("published"):
            self.bodies[name] += "Thêm một câu.\n"

    def change(self):
        if name := self._some("published"):
            self.files[name] |= {"modified": f"{self.now:%Y-%m-%d %H:%M}", "change_note": f"Sửa lúc {self.now:%H:%M}."}

    def correct(self):
        if name := self._some("published"):
            note = {"date": f"{self.now:%Y-%m-%d}", "note": f"Đính chính lúc {self.now:%d/%m %H:%M}."}
            self.files[name]["corrections"] = [*self.files[name].get("corrections", []), note]

    def withdraw(self):
        if name := self._some("published"):
            self.files[name] |= {"status": "withdrawn", "withdrawn_reason": "Nhầm."}

    def restore(self):
        if name := self._some("withdrawn"):
            self.files[name].pop("status")
            self.files[name].pop("withdrawn_reason")

    def rename(self):
        if name := self._some("published"):
            other = name.replace(".md", f"-doi-{self.chance.randint(0, 10**6)}.md")
            fields = self.files.pop(name)
            fields["aliases"] = [*fields.get("aliases", []), f"/{name.removesuffix('.md')}/"]
            self.files[other], self.bodies[other] = fields, self.bodies.pop(name)

    def move_topic(self):
        if name := self._some("published"):
            self.files[name]["topic"] = {"xa-hoi-so": "kinh-te-so", "kinh-te-so": "xa-hoi-so"}[self.files[name]["topic"]]

    def draft(self):
        self.add(self.now - timedelta(days=self.chance.randint(0, 20)), status="draft")

    def finish(self):
        drafts = [name for name, fields in self.files.items() if fields.get("status") == "draft"]
        if drafts:
            self.files[self.chance.choice(drafts)].pop("status")

    def reschedule(self):
        sessions = [name for name, fields in self.files.items() if "session" in fields]
        if sessions:
            self.files[self.chance.choice(sessions)]["session"] = self._session(
                self.now + timedelta(days=self.chance.randint(1, 30))
            )

    # ── commits ───────────────────────────────────────────────────────────────────────────────────────────────────

    def commit(self):
        """Write everything and commit it, if anything changed."""
        content = self.folder / "content"
        for path in content.rglob("*.md"):
            if path.relative_to(content).as_posix() not in self.files:
                path.unlink()
        for name, fields in self.files.items():
            path = content / name
            path.parent.mkdir(parents=True, exist_ok=True)
            lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
            path.write_text("\n".join(["---", *lines, "---", self.bodies[name]]), "utf-8")
        if git(self.folder, "status", "--porcelain"):
            commit(self.folder, when=str(int(self.now.timestamp())))
