"""Find the items that name a picture or a file, and how they describe it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from chuyendoiso.authoring.web_editor.work_tree import WorkTree, form_text, title_in

LISTED = 10  # items of a list
_FOLDER = re.compile(r"media/([^\s()<>\[\]\"']*/)?$")


@dataclass(frozen=True, slots=True)
class MediaUse:
    """A file below `media/`, and the items that name it."""

    file: str
    items: tuple[tuple[str, str], ...]  # path, title

    @property
    def message(self) -> str:
        """Return who uses the file, in a sentence's part."""
        listed = ", ".join(f"“{title}” ({path})" for path, title in self.items[:LISTED])
        return f"{self.file} đang được dùng ở {listed}{self.more and f' và {self.more} bài khác'}"

    @property
    def more(self) -> int | str:
        """Return the number of items that a list leaves out; "" if it has all."""
        return max(0, len(self.items) - LISTED) or ""

    @property
    def content(self) -> dict[str, object]:
        """Return the values that the page shows as a list."""
        return {
            "file": self.file,
            "items": [{"path": path, "title": title} for path, title in self.items[:LISTED]],
            "more": self.more,
        }


def uses_of(tree: WorkTree, files: Sequence[str]) -> list[MediaUse]:
    """Return the files that items name, with all of these items."""
    texts = list(_texts(tree)) if files else []
    uses = [MediaUse(file, tuple((path, title_in(text) or path) for path, text in texts if _names(text, file))) for file in files]
    return [use for use in uses if use.items]


def _texts(tree: WorkTree) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each item; addresses in it are plain letters."""
    for file in tree.files():
        if file.path.endswith(".md"):
            yield file.path, unicodedata.normalize("NFC", unquote(form_text(tree.read(file.path) or b"")))


def _names(text: str, file: str) -> bool:
    """Return whether a text names a file, by its whole path or from another folder."""
    folder, _, name = unicodedata.normalize("NFC", file).removeprefix("media/").rpartition("/")
    for found in re.finditer(rf"(?<![\w-]){re.escape(name)}", text):
        before = _FOLDER.search(text, max(0, found.start() - 300), found.start())
        if before is None or (before[1] or "").rstrip("/") == folder:
            return True
    return False
