"""Create articles: request once, then settle, in this run or a later run.

A creation is on disk before it is requested. While there is a token, it is not requested again. If the response was lost,
the account's list is searched for the item's page. A creation has failed only if a complete list lacks the page, and was
read long enough after the request.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from chuyendoiso.deploy.zalo.account_list import AccountList, page_key
from chuyendoiso.deploy.zalo.channel_state import ChannelState, KnownArticle
from chuyendoiso.deploy.zalo.client import Client, Retry
from chuyendoiso.deploy.zalo.error_codes import Meaning, QuotaSpent, Refused, TryLater
from chuyendoiso.deploy.zalo.published import ChannelArticle
from chuyendoiso.deploy.zalo.quota import VIETNAM, record_created
from chuyendoiso.system.errors import BuildStopped, WrongUse

OVERDUE = timedelta(hours=1)  # a token that is pending for longer is a failure
CERTAIN = {Meaning.WRONG_FORM, Meaning.MISSING}  # refusals of `create` that prove that there is no article


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
    _doubtful: set[str] = field(default_factory=set)  # tokens that were reported in this run

    def create(self, item: ChannelArticle) -> None:
        """Request an item's article; its token is on disk afterwards."""
        known = self.state.items[item.id] = KnownArticle(item.title, item.url, creating=item.sha256)

        def ask() -> str:
            known.asked = self.now()
            self.state.save()
            return self.client.create(item.article)

        try:
            known.token = self.retry(ask, unknown=False)
        except (TryLater, QuotaSpent, BuildStopped):
            self.state.forget(item.id)  # the API did not act on it
            raise
        except Refused as refused:
            if refused.meaning in CERTAIN:
                self.state.forget(item.id)
            raise  # after an unknown code there may be an article: the next attempt searches for its page first
        self.state.save()

    def settle(self, known: KnownArticle) -> Settled:
        """Query the outcome of a creation once."""
        if known.asked is None or known.asked > self.now():  # from an older version, or a wrong clock
            known.asked = self.now()
            self.state.save()
        if known.token:
            article = self._verify(known)
            return self._record_settled(known, article, known.creating) if article else Settled.WAITING
        if article := self.articles.find(known.url):
            return self._record_settled(known, article, None)
        if not self.articles.is_past(known.asked):
            return Settled.WAITING
        self.articles.check()
        return Settled.FAILED

    def give_up(self, address: str) -> None:
        """Give up a creation that does not settle, unless the list has the article.

        `address` is the URL of the item's page. Raises WrongUse if it has no pending creation, or only a recent one.
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
        """Return the message about a creation that is pending for too long.

        Return None if it is not.
        """
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
        except Refused as refused:  # whatever the reason, the token stays
            if refused.meaning is not Meaning.PROCESSING and token not in self._doubtful:
                self._doubtful.add(token)
                self.say(f"Chưa rõ kết quả đăng “{known.title}”: {refused}. Giữ mã chờ, lần sau hỏi lại.")
            return None

    def _record_settled(self, known: KnownArticle, article: str, sha256: str | None) -> Settled:
        assert known.asked is not None
        known.settle(article, sha256)
        record_created(self.state.account, known.asked)
        self.state.save()
        return Settled.CREATED


def find_known(state: ChannelState, address: str) -> tuple[str, KnownArticle]:
    """Return the item whose page has this address. Raises WrongUse."""
    for id_, known in state.items.items():
        if page_key(known.url) == page_key(address):
            return id_, known
    raise WrongUse(f"Tệp trạng thái không có bài nào ở {address}. Cách sửa: chép đúng địa chỉ trang của bài, như lệnh đã in.")
