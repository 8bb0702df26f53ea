"""What is published and what is known to be on the channel → what to create, update and remove; each step repeated until it is done.

Nothing is doubled: that an article is to be created is on disk before the interface is asked. Where its answer is lost, or the job
is killed, the account's own articles are looked through for the one that leads to the item's page, and only where there is none after
some time is it asked again. To update and to remove can be asked as often as one likes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, TypeVar

from chuyendoiso.zalo.client import SLICE, Busy, Client, Refused, Unknown
from chuyendoiso.zalo.published import Item, Published
from chuyendoiso.zalo.state import Known, State

T = TypeVar("T")

TRIES = 8  # of one step
GIVING_UP = 2  # acts in a row that the interface does not answer
TELLING = 10.0  # seconds from which on a wait is told
FIRST, LONGEST = 2.0, 120.0  # seconds to wait after the first and after later failures
LOOKED_THROUGH = 200  # articles of the account, the newest, among which a lost one is looked for
SETTLING = (5.0, 15.0, 40.0)  # seconds to wait, each time, before an article that is not found is held not to exist


class Act(NamedTuple):
    """What is to be done: an item's id, its title, and what there is to send."""

    what: str  # create, update, remove or settle
    id: str
    title: str
    item: Item | None


WORDS = {"create": "đăng", "update": "sửa", "remove": "gỡ", "settle": "tìm lại"}


def plan(published: Published, state: State) -> Iterator[Act]:
    """Yield what is to be done, the oldest item first."""
    for item in reversed(published.items):
        known = state.items.get(item.id)
        if item.id in published.removed or (known and known.gone):
            continue
        if known is None or known.article is None:
            yield Act("create", item.id, item.title, item)
        elif known.sha256 != item.sha256:
            yield Act("update", item.id, item.title, item)
    listed = {item.id for item in published.items}
    for id_, known in sorted(state.items.items()):
        if id_ in published.removed:
            yield Act("remove", id_, known.title, None)
        elif known.creating and id_ not in listed:
            yield Act("settle", id_, known.title, None)


@dataclass
class Job:
    """One run: does what is to be done, and tells."""

    client: Client
    state: State
    say: Callable[[str], None]
    sleep: Callable[[float], None]
    remaining: list[str] = field(default_factory=list)  # what could not be done, and why

    def run(self, published: Published) -> bool:
        """Do everything; return whether nothing remains. Raises BuildStopped where nothing more can be done at all.

        Where the interface answers none of several acts in a row, each asked many times, the others are left for the next run.
        """
        if self.state.restored:
            self.adopt(published)
        acts = list(plan(published, self.state))
        unanswered = 0
        for number, act in enumerate(acts):
            if unanswered == GIVING_UP:
                self.remaining += [f"Chưa {WORDS[left.what]} “{left.title}”" for left in acts[number:]]
                self.say(f"Máy chủ Zalo chưa phục vụ được. Để lại {len(acts) - number} việc khác cho lần chạy sau.")
                break
            try:
                done = getattr(self, act.what)(act)
            except (Unknown, Busy, Refused) as error:
                self.remaining.append(f"Chưa {WORDS[act.what]} được “{act.title}”: {error}")
                self.say(self.remaining[-1])
                unanswered = 0 if isinstance(error, Refused) else unanswered + 1
            else:
                self.say(done)
                unanswered = 0
        return not self.remaining

    def adopt(self, published: Published) -> None:
        """Find the articles on the channel that a restored state does not know: those that lead to the page of an item.

        Raises Unknown, Busy and Refused.
        """
        pages = {item.id: (item.title, item.url) for item in published.items}
        pages |= {id_: (id_, f"{published.site.rstrip('/')}/{id_.partition(':/')[2]}") for id_ in published.removed}
        for article in list(self._unaccounted()):
            try:
                detail = self._repeated(partial(self.client.detail, article))
            except Refused:
                continue  # taken away meanwhile
            for id_, (title, url) in pages.items():
                if id_ not in self.state.items and _leads_to(detail, url):
                    self.state.items[id_] = Known(title, url, article)
                    self.say(f"Đã nhận ra “{title}” trên kênh.")
        self.state.restored = False
        self.state.save()

    # ── the acts ──────────────────────────────────────────────────────────────────────────────────────────────────

    def create(self, act: Act) -> str:
        """Create an item's article, or find the one that an earlier attempt created."""
        item = act.item
        assert item is not None
        known = self.state.items.setdefault(item.id, Known(item.title, item.url))
        for _ in range(TRIES):
            if known.creating and self._settled(known):
                return self._brought_up_to_date(act, known)
            known.title, known.url, known.creating, known.token = item.title, item.url, item.sha256, None
            self.state.save()
            try:
                known.token = self._repeated(lambda: self.client.create(item.article), unknown=False)
                self.state.save()
            except Unknown:
                continue  # it may be there: look first
            except (Busy, Refused):
                self.state.forget(item.id)  # it is not there
                raise
        raise Unknown("máy chủ Zalo không trả lời rõ ràng")

    def update(self, act: Act) -> str:
        """Change an item's article."""
        known, item = self.state.items[act.id], act.item
        assert item is not None and known.article is not None
        article = known.article
        try:
            self._repeated(lambda: self.client.update(article, item.article))
        except Refused:
            if self._exists(article):
                raise
            known.gone = True
            self.state.save()
            return f"“{act.title}” đã bị xóa ngay trên Zalo: không đăng lại."
        known.title, known.url, known.sha256 = item.title, item.url, item.sha256
        self.state.save()
        return f"Đã sửa “{act.title}”."

    def remove(self, act: Act) -> str:
        """Take an item's article away, one that was being created, too."""
        known = self.state.items[act.id]
        if known.creating:
            self._settled(known)
        if known.article and not known.gone:
            article = known.article
            try:
                self._repeated(lambda: self.client.remove(article))
            except Refused:
                if self._exists(article):
                    raise
        self.state.forget(act.id)
        return f"Đã gỡ “{act.title}”."

    def settle(self, act: Act) -> str:
        """Find the article of an item that has become too old for the list while it was being created."""
        if self._settled(self.state.items[act.id]):
            return f"Đã đăng “{act.title}” từ lần trước."
        self.state.forget(act.id)
        return f"“{act.title}” không lên được ở lần trước, nay đã cũ: bỏ qua."

    # ── what an attempt came to ─────────────────────────────────────────────────────────────────────────────────────────

    def _brought_up_to_date(self, act: Act, known: Known) -> str:
        if act.item and known.sha256 != act.item.sha256:
            self.update(act)
        return f"Đã đăng “{act.title}”."

    def _settled(self, known: Known) -> bool:
        """Find out what became of an attempt to create: return whether there is an article, which is then known."""
        found = (self._verified(known.token) if known.token else None) or self._found(known.url)
        if found is None:
            return False
        # by its token it is what was sent; one that was found may be from an attempt before that
        known.article, known.sha256 = found, known.creating if known.token else None
        known.creating = known.token = None
        self.state.save()
        return True

    def _verified(self, token: str) -> str | None:
        """Return the id of what a token was given for; None where the interface no longer knows the token."""
        try:
            for attempt in range(TRIES):
                if found := self._repeated(lambda: self.client.verify(token)):
                    return found
                self.sleep(_pause(attempt))
        except Refused:
            return None
        raise Unknown("Zalo chưa xử lý xong bài")

    def _found(self, url: str) -> str | None:
        """Look for the article that leads to a page; one just made may take a while to be listed."""
        for pause in (0.0, *SETTLING):
            if pause:
                self.sleep(pause)
            for id_ in self._unaccounted():
                try:
                    detail = self._repeated(partial(self.client.detail, id_))
                except Refused:
                    continue  # taken away meanwhile
                if _leads_to(detail, url):
                    return id_
        return None

    def _unaccounted(self) -> Iterator[str]:
        """Yield the account's newest articles that are not known to be an item's."""
        for offset in range(0, LOOKED_THROUGH, SLICE):
            found = self._repeated(partial(self.client.listed, offset))
            yield from (id_ for id_ in found if id_ not in self.state.articles)
            if len(found) < SLICE:
                return

    def _exists(self, article: str) -> bool:
        try:
            self._repeated(lambda: self.client.detail(article))
        except Refused:
            return False
        return True

    def _repeated(self, ask: Callable[[], T], *, unknown: bool = True) -> T:
        """Ask until there is an answer; with `unknown` also where it is not known whether the question was heard."""
        for attempt in range(TRIES):
            try:
                return ask()
            except Busy as busy:
                if attempt == TRIES - 1:
                    raise
                self._wait(min(LONGEST, busy.seconds or _pause(attempt)), busy)
            except Unknown as error:
                if not unknown or attempt == TRIES - 1:
                    raise
                self._wait(_pause(attempt), error)
        raise AssertionError

    def _wait(self, seconds: float, why: Exception) -> None:
        if seconds >= TELLING:
            self.say(f"Đợi {seconds:.0f} giây rồi hỏi lại: {why}.")
        self.sleep(seconds)


def _pause(attempt: int) -> float:
    return min(LONGEST, FIRST * 2.0**attempt)


def _leads_to(detail: object, url: str) -> bool:
    """Tell whether an article's text has the link to a page that every article of this job ends with."""
    match detail:
        case {"body": list(blocks)}:
            return any(isinstance(one, dict) and f'"{url}"' in str(one.get("content", "")).replace("'", '"') for one in blocks)
    return False
