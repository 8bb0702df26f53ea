"""Create articles: ask once, then settle, in this run or a later one.

That an article is to be created is on disk before the interface is asked. While a token is held, nothing is asked again. If the
answer was lost, the account's list is searched for the item's page. Only if a complete list, read long enough after the request,
lacks it, is the creation known to have failed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from chuyendoiso.deploy.zalo.account_list import AccountList, page_key
from chuyendoiso.deploy.zalo.channel_state import ChannelState, KnownArticle
from chuyendoiso.deploy.zalo.client import Client
from chuyendoiso.deploy.zalo.error_codes import Meaning, QuotaSpent, Refused, TryLater
from chuyendoiso.deploy.zalo.published import ChannelArticle
from chuyendoiso.deploy.zalo.quota import VIETNAM, record_created
from chuyendoiso.deploy.zalo.retry import Retry
from chuyendoiso.system.errors import BuildStopped, WrongUse

OVERDUE = timedelta(hours=1)  # after which a token that does not settle is a failure
CERTAIN = {Meaning.WRONG_FORM, Meaning.MISSING}  # refusals of `create` after which there surely is no article


class Settled(Enum):
    """The outcome of a creation."""

    CREATED = "created"
    WAITING = "waiting"
    FAILED = "failed"  # there is no article


@dataclass
class Creations:
    """Create articles and settle them. Every method raises as a request does."""

    client: Client
    state: ChannelState
    articles: AccountList
    retry: Retry
    now: Callable[[], datetime]
    say: Callable[[str], None]
    _doubtful: set[str] = field(default_factory=set)  # tokens about which that was said in this run

    def create(self, item: ChannelArticle) -> None:
        """Ask for an item's article; its token is on disk afterwards."""
        known = self.state.items[item.id] = KnownArticle(item.title, item.url, creating=item.sha256)

        def ask() -> str:
            known.asked = self.now()
            self.state.save()
            return self.client.create(item.article)

        try:
            known.token = self.retry(ask, unknown=False)
        except (TryLater, QuotaSpent, BuildStopped):
            self.state.forget(item.id)  # the interface did not act on it
            raise
        except Refused as refused:
            if refused.meaning in CERTAIN:
                self.state.forget(item.id)
            raise  # after an unknown code there may be an article: its page is searched for before the next attempt
        self.state.save()

    def settle(self, known: KnownArticle) -> Settled:
        """Find out once what became of a creation."""
        if known.asked is None or known.asked > self.now():  # from an older version, or of a clock that was wrong
            known.asked = self.now()
            self.state.save()
        if known.token:
            found = self._verify(known)
            return self._take(known, found, known.creating) if found else Settled.WAITING
        if found := self.articles.find(known.url):
            return self._take(known, found, None)
        if not self.articles.is_past(known.asked):
            return Settled.WAITING
        self.articles.check()
        return Settled.FAILED

    def give_up(self, address: str) -> None:
        """Give up a creation that does not settle, unless the list has the article.

        `address` is that of the item's page. Raises WrongUse if no creation is pending there, or if the request is too recent.
        """
        id_, known = find_known(self.state, address)
        if not known.creating:
            raise WrongUse(f"Bài ở {address} không đang chờ Zalo xử lý. Cách sửa: bỏ --create-again rồi chạy lại.")
        match self._search(known):
            case Settled.CREATED:
                self.say(f"Đã tìm thấy “{known.title}” trên kênh: không đăng lại.")
            case Settled.FAILED:
                self.state.forget(id_)
                self.say(f"“{known.title}” không có trên kênh: sẽ đăng lại.")
            case Settled.WAITING:
                asked = (known.asked or self.now()).astimezone(VIETNAM)
                minutes = self.articles.settling.total_seconds() / 60
                raise WrongUse(
                    f"“{known.title}” mới được gửi lúc {asked:%H:%M}, đăng lại bây giờ có thể trùng. "
                    f"Cách sửa: đợi đủ {minutes:.0f} phút rồi chạy lại."
                )

    def _search(self, known: KnownArticle) -> Settled:
        """Settle a creation by the list alone; the token stays unless it is certain."""
        token, known.token = known.token, None
        settled = Settled.WAITING
        try:
            settled = self.settle(known)
        finally:
            if settled is Settled.WAITING:
                known.token = token
        return settled

    def describe_overdue(self, known: KnownArticle) -> str | None:
        """Return what to do about a creation that is pending for too long, if it is."""
        waited = self.now() - (known.asked or self.now())
        if waited < OVERDUE:
            return None
        hours = waited // OVERDUE
        return (
            f"Zalo xử lý “{known.title}” đã {hours} giờ chưa xong. Cách sửa: xem bài trong trang quản trị của Zalo; nếu không có bài thì "
            f"chạy với --create-again {known.url}"
        )

    def _verify(self, known: KnownArticle) -> str | None:
        token = known.token
        assert token is not None
        try:
            return self.retry(lambda: self.client.verify(token))
        except Refused as refused:  # whatever it is, the token stays
            if refused.meaning is not Meaning.PROCESSING and token not in self._doubtful:
                self._doubtful.add(token)
                self.say(f"Chưa rõ kết quả đăng “{known.title}”: {refused}. Giữ mã chờ, lần sau hỏi lại.")
            return None

    def _take(self, known: KnownArticle, article: str, sha256: str | None) -> Settled:
        assert known.asked is not None
        known.settle(article, sha256)
        record_created(self.state.account, known.asked)
        self.state.save()
        return Settled.CREATED


def find_known(state: ChannelState, address: str) -> tuple[str, KnownArticle]:
    """Return the item whose page has an address. Raises WrongUse."""
    for id_, known in state.items.items():
        if page_key(known.url) == page_key(address):
            return id_, known
    raise WrongUse(f"Tệp trạng thái không có bài nào ở {address}. Cách sửa: chép đúng địa chỉ trang của bài, như lệnh đã in.")
