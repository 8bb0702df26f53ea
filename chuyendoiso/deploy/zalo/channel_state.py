"""Read and write the state of the channel; a crash at any step loses nothing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from chuyendoiso.system.atomic_write import read_state_file, write_state_file
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.http import reason

VERSION = 3  # 1 and 2 are read, too
UNSEALED = 1  # the last version without a checksum
_INSTANTS = {"asked", "absent", "spent_until", "rebuilt"}  # in the file: ISO 8601 with an offset


@dataclass
class KnownArticle:
    """An item's article on the channel.

    `article` is its id there, `sha256` the hash of the content sent last. While it is created, `creating` is the hash of the
    content sent and `token` the response; without a token that response was lost. `asked` is the instant of the last
    request to create it. `removing`: its removal was requested, and perhaps done. `absent`: since when the account's list lacks it.
    `gone`: a person removed it on Zalo, or `--from-now` left the item off the channel.
    """

    title: str
    url: str
    article: str | None = None
    sha256: str | None = None
    creating: str | None = None
    token: str | None = None
    asked: datetime | None = None
    removing: bool = False
    absent: datetime | None = None
    gone: bool = False

    def settle(self, article: str, sha256: str | None) -> None:
        """Record the created article; `sha256` is None if its content is not known."""
        self.article, self.sha256 = article, sha256
        self.creating = self.token = self.absent = None


@dataclass
class AccountFacts:
    """Facts about the account.

    `form` is the form of `getslice`, `spent` the name of a quota's Meaning, until when it is spent. `created` counts the
    articles of `month` (`2026-11`, Vietnam's time). `rebuilt`: when a lost state was first rebuilt from the account's list.
    """

    form: str | None = None
    spent: str | None = None
    spent_until: datetime | None = None
    month: str | None = None
    created: int = 0
    rebuilt: datetime | None = None


@dataclass
class ChannelState:
    """The known articles, by the id of the item.

    `incomplete`: the channel may have unknown articles of ours. `is_new`: there was no file.
    """

    file: Path
    items: dict[str, KnownArticle] = field(default_factory=dict)
    incomplete: bool = False
    account: AccountFacts = field(default_factory=AccountFacts)
    is_new: bool = False

    def save(self) -> None:
        """Write the state to disk."""
        items = {id_: _dump(known) for id_, known in sorted(self.items.items())}
        value = {"version": VERSION, "items": items, "account": _dump(self.account)}
        write_state_file(self.file, value | ({"incomplete": True} if self.incomplete else {}))

    def forget(self, id_: str) -> None:
        """Forget an item, and save."""
        self.items.pop(id_, None)
        self.save()

    @property
    def articles(self) -> frozenset[str]:
        """Return the ids of the articles that should be on the channel."""
        return frozenset(known.article for known in self.items.values() if known.article and not known.gone)


def read_state(file: Path) -> ChannelState:
    """Read the state. Raises BuildStopped if the file is damaged.

    Without a file, or with an empty state of an older version, the state is incomplete.
    """
    if not file.exists():
        return ChannelState(file, incomplete=True, is_new=True)
    try:
        data = read_state_file(file, unsealed=UNSEALED)
        if data["version"] not in range(UNSEALED, VERSION + 1):
            raise ValueError(f"theo quy cách {data['version']}, chương trình này chỉ đọc được quy cách {VERSION}")
        items = {id_: KnownArticle(**_load(known)) for id_, known in data["items"].items()}
        account = AccountFacts(**_load(data.get("account", {})))
        # `restored` is the word of version 2, and of `invoke restore`
        incomplete = bool(data.get("incomplete") or data.get("restored") or (data["version"] < VERSION and not items))
        return ChannelState(file, items, incomplete, account)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        fault = str(error) if type(error) is ValueError else reason(error)  # a ValueError here has our own words
        remedy = "lấy lại bản sao lưu; không có thì xóa tệp, lệnh sẽ nhận lại những bài đang ở trên kênh."
        raise BuildStopped(f"Không đọc được tệp trạng thái {file}: {fault}. Cách sửa: {remedy}") from error


def _dump(value: KnownArticle | AccountFacts) -> dict[str, Any]:
    return {name: field.isoformat() if isinstance(field, datetime) else field for name, field in asdict(value).items()}


def _load(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _instant(value) if name in _INSTANTS and value is not None else value for name, value in data.items()}


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("thời điểm thiếu múi giờ")
    return instant
