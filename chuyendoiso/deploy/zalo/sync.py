"""One run of the job: settle pending creations, remove, update, create.

Leave the rest to the next run.

No article is created twice (`creation.py`), or treated as removed without proof (`account_list.py`). Updates and removals
are idempotent.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from chuyendoiso.deploy.zalo.account_list import AccountList
from chuyendoiso.deploy.zalo.acts import WORDS, Act, plan, split_creations
from chuyendoiso.deploy.zalo.adoption import Adoption
from chuyendoiso.deploy.zalo.channel_state import ChannelState, KnownArticle
from chuyendoiso.deploy.zalo.client import Client, Retry
from chuyendoiso.deploy.zalo.creation import Creations, Settled, find_known
from chuyendoiso.deploy.zalo.error_codes import AccountRefused, Meaning, QuotaSpent, Refused, TryLater, Unknown, Unproven
from chuyendoiso.deploy.zalo.published import Published
from chuyendoiso.deploy.zalo.quota import (
    VIETNAM,
    Allowance,
    count_created,
    current_spent,
    describe,
    describe_spent,
    record_spent,
    remaining_creations,
)

MAX_UNANSWERED = 2  # acts in a row without a response, after which a run ends
VERIFY_WAITS = (0.0, 3.0, 7.0, 15.0, 30.0)  # seconds before each check of the articles created in this run
# How long a requested article may be missing from the account's list. Zalo documents no limit; clients of the API saw
# minutes. This is twice the timer's period. ZALO_SETTLING_MINUTES in publishconf.py changes it.
SETTLING = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """The operator's options for a run; an empty value is no option."""

    allowance: Allowance = field(default_factory=Allowance)
    kinds: frozenset[str] = frozenset()
    create_again: str = ""  # the URL of an item whose pending creation never settles
    gone: str = ""  # the URL of an item whose article a person removed on Zalo
    quota_renewed: bool = False  # the plan was changed: forget the spent quota

    @property
    def needs_run(self) -> bool:
        """Return whether a run is needed even if the channel is up to date."""
        return bool(self.create_again or self.gone or self.quota_renewed)


@dataclass
class Job:
    """One run: do the planned acts, and report them."""

    client: Client
    state: ChannelState
    say: Callable[[str], None]
    sleep: Callable[[float], None]
    now: Callable[[], datetime]
    settling: timedelta = SETTLING
    options: RunOptions = field(default_factory=RunOptions)
    remaining: list[str] = field(default_factory=list)  # failed acts, and why
    waiting: list[str] = field(default_factory=list)  # ids of items that Zalo still processes
    deferred: set[str] = field(default_factory=set)  # ids of items that wait for the next period of the quota
    done: int = 0
    unanswered: int = 0  # acts in a row

    def __post_init__(self) -> None:
        self.client.form = self.state.account.form
        self.retry = Retry(self.say, self.sleep)
        self.articles = AccountList(self.client, self.state, self.retry, self.now, self.settling)
        self.creations = Creations(self.client, self.state, self.articles, self.retry, self.now, self.say)

    def run(self, published: Published) -> bool:
        """Do all acts; return whether none failed.

        Raises BuildStopped if no act is possible. If the API does not respond to two acts in a row, each tried many times, the
        other acts are postponed to the next run.
        """
        self._apply_options()
        may_create = self._adopt(published) if self.state.incomplete else True
        self._do_all([act for act in self._plan(published) if act.verb == "settle"])
        acts, later = split_creations(self._plan(published), remaining_creations(self.state, self.options.allowance, self.now()))
        creations = [act for act in acts if act.verb == "create"]
        if creations or later:
            self.say(describe(self.state, self.options.allowance, self.now()))
        self._do_all([act for act in acts if act.verb in {"remove", "update"}])
        if may_create:
            self._do_all(creations)
            self._await_created(published, {act.id for act in creations})
        elif creations:
            self.say(f"Để lại {len(creations)} bài mới.")
        self._report(len(later) if may_create else 0)
        return not self.remaining

    # ── before the acts ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _apply_options(self) -> None:
        """Apply the operator's options for single articles and for the quota.

        Raises WrongUse.
        """
        if self.options.quota_renewed:
            self.state.account.spent = self.state.account.spent_until = None
            self.state.save()
        if self.options.gone:
            id_, known = find_known(self.state, self.options.gone)
            self.state.items[id_] = KnownArticle(known.title, known.url, gone=True)
            self.state.save()
            self.say(f"Đã ghi nhớ “{known.title}” không còn trên kênh: không đăng lại.")
        if self.options.create_again:
            self._attempt("Chưa xem được bài cần đăng lại", partial(self.creations.give_up, self.options.create_again))

    def _adopt(self, published: Published) -> bool:
        """Complete a lost state; return whether articles may be created."""
        if current_spent(self.state.account, self.now()) is Meaning.QUOTA_DAY:
            return False
        adoption = Adoption(self.state, self.articles, self.say)
        if not self._attempt("Không đọc hết được các bài của tài khoản", partial(adoption.run, published)):
            self.say("Chưa đăng bài mới nào, để khỏi đăng trùng.")
            return False
        if rebuilt := self.state.account.rebuilt:
            until = (rebuilt + self.settling).astimezone(VIETNAM)
            self.say(f"Tệp trạng thái đang được lập lại từ kênh: từ {until:%H:%M} mới đăng bài mới, để khỏi đăng trùng.")
        return not self.state.incomplete

    def _plan(self, published: Published) -> list[Act]:
        return list(plan(published, self.state, self.options.kinds))

    # ── the acts ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _do_all(self, acts: list[Act]) -> None:
        """Do acts in turn, unless the API stopped responding or the quota is spent."""
        for number, act in enumerate(acts):
            if self.unanswered >= MAX_UNANSWERED:
                self.remaining += [f"Chưa {WORDS[skipped.verb]} “{skipped.title}”" for skipped in acts[number:]]
                self.say(f"Máy chủ Zalo chưa phục vụ được. Để lại {len(acts) - number} việc khác cho lần chạy sau.")
                return
            if self._is_deferred(act):
                self.deferred.add(act.id)
                continue
            self._attempt(f"Chưa {WORDS[act.verb]} được “{act.title}”", partial(self._do, act), act)

    def _is_deferred(self, act: Act) -> bool:
        """Return whether an act waits for the quota: a removal never does."""
        spent = current_spent(self.state.account, self.now())
        return bool(spent) and (act.verb == "create" or (spent is Meaning.QUOTA_DAY and act.verb != "remove"))

    def _attempt(self, failed: str, work: Callable[[], object], act: Act | None = None) -> bool:
        """Do some work; return whether it succeeded. Report and record a failure."""
        try:
            work()
        except QuotaSpent as spent:
            known = current_spent(self.state.account, self.now())
            record_spent(self.state.account, spent.meaning, self.now())
            self.state.save()
            if known or act is None or act.verb != "remove":  # an article that stays on the channel is a failure, once
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
        methods = {"settle": self._settle, "remove": self._remove, "update": self._update, "create": self._create}
        methods[act.verb](act)

    def _create(self, act: Act) -> None:
        assert act.item is not None
        self.creations.create(act.item)

    def _settle(self, act: Act) -> None:
        """Check a pending creation once; report it if it waits for too long."""
        known = self.state.items[act.id]
        match self.creations.settle(known):
            case Settled.CREATED:
                self._succeed(f"Đã đăng “{act.title}”.")
            case Settled.FAILED:
                self.state.forget(act.id)
            case Settled.WAITING:
                if overdue := self.creations.describe_overdue(known):
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
            # an incomplete state may have an older article of the item
            if self.state.incomplete or not self._is_absent(known, refused):
                raise
            if known.removing:  # by this job, which did not get the response
                self.state.forget(act.id)
                self._succeed(f"“{act.title}” đã được gỡ trước đó: lần chạy sau đăng lại.")
                return
            known.gone = True
            self.state.save()
            self._succeed(f"“{act.title}” đã bị xóa ngay trên Zalo: không đăng lại.")
            return
        known.title, known.url, known.sha256, known.absent, known.removing = item.title, item.url, item.sha256, None, False
        self.state.save()
        self._succeed(f"Đã sửa “{act.title}”.")

    def _remove(self, act: Act) -> None:
        """Remove an item's article; a pending creation must settle before that."""
        known = self.state.items[act.id]
        if known.creating:
            return
        if (article := known.article) is not None:
            before, known.removing = known.removing, True
            self.state.save()
            try:
                self.retry(lambda: self.client.remove(article))
            except (Refused, QuotaSpent, AccountRefused) as answer:
                if not (isinstance(answer, Refused) and self._is_absent(known, answer)):
                    known.removing = before  # this request did nothing
                    self.state.save()
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
        """Settle the creations of this run, within a bounded time."""
        for pause in VERIFY_WAITS:
            pending = [
                act
                for act in self._plan(published)
                if act.verb == "settle" and act.id in created and self.state.items[act.id].token
            ]
            if not pending or self.unanswered >= MAX_UNANSWERED:
                break
            self.sleep(pause)
            self.waiting = [id_ for id_ in self.waiting if id_ not in created]
            self._do_all(pending)

    def _report(self, later: int) -> None:
        """Report the pending and postponed articles."""
        now = self.now()
        if self.waiting:
            self.say(f"{len(self.waiting)} bài đang chờ Zalo xử lý: lần chạy sau xem tiếp.")
        if current_spent(self.state.account, now) and (self.deferred or later):
            self.say(describe_spent(self.state, now, len(self.deferred) + later))
        elif later:
            monthly = self.options.allowance.monthly
            until = "tháng sau" if monthly is not None and count_created(self.state, now) >= monthly else "lần chạy sau"
            self.say(f"Để lại {later} bài mới cho {until}.")
