"""One run of the job: settle what is pending, remove, update, create.

Whatever is not certain is left to the next run.

Nothing is created twice (`creation.py`), and nothing is taken for removed that may be there (`account_list.py`). To update and to
remove can be asked as often as one likes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from chuyendoiso.deploy.zalo.account_list import AccountList
from chuyendoiso.deploy.zalo.acts import WORDS, Act, plan, split_creations
from chuyendoiso.deploy.zalo.adoption import Adoption
from chuyendoiso.deploy.zalo.channel_state import ChannelState, KnownArticle
from chuyendoiso.deploy.zalo.client import Client
from chuyendoiso.deploy.zalo.creation import Creations, Settled, find_known
from chuyendoiso.deploy.zalo.error_codes import Meaning, QuotaSpent, Refused, TryLater, Unknown, Unproven
from chuyendoiso.deploy.zalo.published import Published
from chuyendoiso.deploy.zalo.quota import (
    VIETNAM,
    Allowance,
    count_created,
    current_spent,
    describe,
    describe_spent,
    record_spent,
    room,
)
from chuyendoiso.deploy.zalo.retry import Retry

GIVING_UP = 2  # acts in a row that the interface does not answer
VERIFY_WAITS = (0.0, 3.0, 7.0, 15.0, 30.0)  # seconds before each look at the articles created in this run
# How long an article that was asked for may be missing from the account's list: no source says. Clients of the interface saw
# minutes; twice the timer's period leaves some room. Set by ZALO_SETTLING_MINUTES in publishconf.py.
SETTLING = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What the operator chose for a run; an empty choice is none."""

    allowance: Allowance = field(default_factory=Allowance)
    kinds: frozenset[str] = frozenset()
    create_again: str = ""  # the address of an item whose pending creation never settles
    gone: str = ""  # the address of an item whose article a person removed on Zalo
    quota_renewed: bool = False  # the plan was changed: forget that its quota was spent

    @property
    def needs_run(self) -> bool:
        """Return whether there is something to do even if the channel is up to date."""
        return bool(self.create_again or self.gone or self.quota_renewed)


@dataclass
class Job:
    """One run: do what is to be done, and report it."""

    client: Client
    state: ChannelState
    say: Callable[[str], None]
    sleep: Callable[[float], None]
    now: Callable[[], datetime]
    settling: timedelta = SETTLING
    wishes: Wishes = field(default_factory=Wishes)
    remaining: list[str] = field(default_factory=list)  # what could not be done, and why
    waiting: list[str] = field(default_factory=list)  # titles of what Zalo still processes
    deferred: set[str] = field(default_factory=set)  # ids of items that wait for the next period of the quota
    done: int = 0
    unanswered: int = 0  # acts in a row

    def __post_init__(self) -> None:
        self.client.form = self.state.account.form
        self.retry = Retry(self.say, self.sleep)
        self.articles = AccountList(self.client, self.state, self.retry, self.now, self.settling)
        self.creations = Creations(self.client, self.state, self.articles, self.retry, self.now, self.say)

    def run(self, published: Published) -> bool:
        """Do everything; return whether nothing failed.

        Raises BuildStopped if nothing more can be done at all. If the interface answers none of two acts in a row, each asked many times, the others are left to the next run.
        """
        self._obey()
        creating = self._adopt(published) if self.state.incomplete else True
        self._each([act for act in self._plan(published) if act.what == "settle"])
        acts, later = split_creations(self._plan(published), room(self.state, self.wishes.allowance, self.now()))
        creations = [act for act in acts if act.what == "create"]
        if creations or later:
            self.say(describe(self.state, self.wishes.allowance, self.now()))
        self._each([act for act in acts if act.what in {"remove", "update"}])
        if creating:
            self._each(creations)
            self._await_created(published, {act.id for act in creations})
        elif creations:
            self.say(f"Để lại {len(creations)} bài mới.")
        self._report(len(later) if creating else 0)
        return not self.remaining

    # ── before the acts ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _obey(self) -> None:
        """Do what the operator says of single articles, and of the quota. Raises WrongUse."""
        if self.wishes.quota_renewed:
            self.state.account.spent = self.state.account.spent_until = None
            self.state.save()
        if self.wishes.gone:
            id_, known = find_known(self.state, self.wishes.gone)
            self.state.items[id_] = KnownArticle(known.title, known.url, gone=True)
            self.state.save()
            self.say(f"Đã ghi nhớ “{known.title}” không còn trên kênh: không đăng lại.")
        if self.wishes.create_again:
            self._attempt("Chưa xem được bài cần đăng lại", partial(self.creations.give_up, self.wishes.create_again))

    def _adopt(self, published: Published) -> bool:
        """Complete a lost state; return whether articles may be created."""
        if current_spent(self.state.account, self.now()) is Meaning.QUOTA_DAY:
            return False
        adoption = Adoption(self.state, self.articles, self.say)
        until: list[datetime | None] = []
        if not self._attempt("Không đọc hết được các bài của tài khoản", lambda: until.append(adoption.run(published))):
            self.say("Chưa đăng bài mới nào, để khỏi đăng trùng.")
            return False
        if until[0] is not None:
            clock = until[0].astimezone(VIETNAM)
            self.say(f"Tệp trạng thái đang được lập lại từ kênh: từ {clock:%H:%M} mới đăng bài mới, để khỏi đăng trùng.")
            return False
        return True

    def _plan(self, published: Published) -> list[Act]:
        return list(plan(published, self.state, self.wishes.kinds))

    # ── the acts ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _each(self, acts: list[Act]) -> None:
        """Do acts in turn, unless the interface stopped answering or the quota is spent."""
        for number, act in enumerate(acts):
            if self.unanswered >= GIVING_UP:
                self.remaining += [f"Chưa {WORDS[left.what]} “{left.title}”" for left in acts[number:]]
                self.say(f"Máy chủ Zalo chưa phục vụ được. Để lại {len(acts) - number} việc khác cho lần chạy sau.")
                return
            if self._is_deferred(act):
                self.deferred.add(act.id)
                continue
            self._attempt(f"Chưa {WORDS[act.what]} được “{act.title}”", partial(self._do, act), act)

    def _is_deferred(self, act: Act) -> bool:
        """Return whether an act waits for the quota: a removal never does."""
        spent = current_spent(self.state.account, self.now())
        return bool(spent) and (act.what == "create" or (spent is Meaning.QUOTA_DAY and act.what != "remove"))

    def _attempt(self, failed: str, work: Callable[[], object], act: Act | None = None) -> bool:
        """Do some work; return whether it could be done. What fails is said, and remains."""
        try:
            work()
        except QuotaSpent as spent:
            known = current_spent(self.state.account, self.now())
            record_spent(self.state.account, spent.meaning, self.now())
            self.state.save()
            if known or act is None or act.what != "remove":  # that an article stays on the channel is a failure, once
                self.deferred.add(act.id if act else "")
                return False
            self._fail(f"{failed}: {spent}")
        except (Unknown, TryLater) as error:
            self.unanswered += 1
            self._fail(f"{failed}: {error}")
            return False
        except (Refused, Unproven) as error:
            self._fail(f"{failed}: {error}")
        else:
            self.unanswered = 0
            return True
        self.unanswered = 0
        return False

    def _fail(self, message: str) -> None:
        self.remaining.append(message)
        self.say(message)

    def _do(self, act: Act) -> None:
        match act.what:
            case "settle":
                self._settle(act)
            case "remove":
                self._remove(act)
            case "update":
                self._update(act)
            case "create":
                assert act.item is not None
                self.creations.create(act.item)

    def _settle(self, act: Act) -> None:
        """Look once at a pending creation; whether it waits for too long is reported."""
        known = self.state.items[act.id]
        match self.creations.settle(known):
            case Settled.CREATED:
                self._succeed(f"Đã đăng “{act.title}”.")
            case Settled.FAILED:
                self.state.forget(act.id)
            case Settled.WAITING:
                overdue = self.creations.describe_overdue(known)
                if overdue:
                    self._fail(overdue)
                else:
                    self.waiting.append(act.id)

    def _update(self, act: Act) -> None:
        known, item = self.state.items[act.id], act.item
        assert item is not None and known.article is not None
        article = known.article
        try:
            self.retry(lambda: self.client.update(article, item.article))
        except Refused as refused:
            # a state that is still completed may have an older article of the item
            if self.state.incomplete or not self._is_absent(known, refused):
                raise
            known.gone = True
            self.state.save()
            self._succeed(f"“{act.title}” đã bị xóa ngay trên Zalo: không đăng lại.")
            return
        known.title, known.url, known.sha256, known.absent = item.title, item.url, item.sha256, None
        self.state.save()
        self._succeed(f"Đã sửa “{act.title}”.")

    def _remove(self, act: Act) -> None:
        """Remove an item's article; a pending creation must settle before that."""
        known = self.state.items[act.id]
        if known.creating:
            return
        article = known.article
        if article is not None:
            try:
                self.retry(lambda: self.client.remove(article))
            except Refused as refused:
                if not self._is_absent(known, refused):
                    raise
        self.state.forget(act.id)
        self._succeed(f"Đã gỡ “{act.title}”.")

    def _is_absent(self, known: KnownArticle, refused: Refused) -> bool:
        return refused.meaning is Meaning.MISSING or self.articles.proves_absence(known)

    def _succeed(self, message: str) -> None:
        self.done += 1
        self.say(message)

    # ── after the acts ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _await_created(self, published: Published, created: set[str]) -> None:
        """Settle what this run created, within a bounded time."""
        for pause in VERIFY_WAITS:
            pending = [
                act
                for act in self._plan(published)
                if act.what == "settle" and act.id in created and self.state.items[act.id].token
            ]
            if not pending or self.unanswered >= GIVING_UP:
                break
            self.sleep(pause)
            self.waiting = [id_ for id_ in self.waiting if id_ not in created]
            self._each(pending)

    def _report(self, later: int) -> None:
        """Say what waits, and for what."""
        now = self.now()
        if self.waiting:
            self.say(f"{len(self.waiting)} bài đang chờ Zalo xử lý: lần chạy sau xem tiếp.")
        if current_spent(self.state.account, now) and (self.deferred or later):
            self.say(describe_spent(self.state, now, len(self.deferred) + later))
        elif later:
            monthly = self.wishes.allowance.monthly
            until = "tháng sau" if monthly is not None and count_created(self.state, now) >= monthly else "lần chạy sau"
            self.say(f"Để lại {later} bài mới cho {until}.")
