"""What the job knows of each item on the channel; written before and after each step, so that a crash forgets nothing."""

from dataclasses import asdict, dataclass, field
from pathlib import Path

from chuyendoiso.domain.problems import BuildStopped
from chuyendoiso.durable import read_state_file, write_state_file
from chuyendoiso.web import reason

VERSION = 2
UNSEALED = 1  # the last version without a checksum


@dataclass
class Known:
    """An item's article on the channel.

    `article` is its id there, `sha256` that of what was sent last; `creating` that of what was to be created when the interface was
    asked to, and `token` what it answered, until the id is known. `gone`: a person keeps it off the channel, by having taken it away there
    or by having the job begin with later ones.
    """

    title: str
    url: str
    article: str | None = None
    sha256: str | None = None
    creating: str | None = None
    token: str | None = None
    gone: bool = False


@dataclass
class State:
    """All that is known, by the id of the item; `restored` from a backup, so articles may be on the channel that are not known."""

    file: Path
    items: dict[str, Known] = field(default_factory=dict)
    restored: bool = False

    def save(self) -> None:
        """Have it on disk."""
        items = {id_: asdict(one) for id_, one in sorted(self.items.items())}
        write_state_file(self.file, {"version": VERSION, "items": items, **({"restored": True} if self.restored else {})})

    def forget(self, id_: str) -> None:
        """Forget an item, on disk."""
        self.items.pop(id_, None)
        self.save()

    @property
    def articles(self) -> frozenset[str]:
        """Return the ids of all articles that are known to be some item's."""
        return frozenset(one.article for one in self.items.values() if one.article)


def read_state(file: Path) -> State:
    """Read what is known; nothing where there is no such file. Raises BuildStopped: to begin anew would send everything again."""
    if not file.exists():
        return State(file)
    try:
        told = read_state_file(file, unsealed=UNSEALED)
        if told["version"] not in {VERSION, UNSEALED}:
            raise ValueError(f"theo quy cách {told['version']}, chương trình này chỉ đọc được quy cách {VERSION}")
        return State(file, {id_: Known(**one) for id_, one in told["items"].items()}, bool(told.get("restored")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"Không đọc được tệp trạng thái {file}: {reason(error)}. Cách sửa: lấy lại bản sao lưu; xóa tệp thì mọi bài bị đăng lại."
        raise BuildStopped(message) from error
