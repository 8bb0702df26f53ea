"""Find the items that name a picture or a file, and how they describe it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import unquote

from chuyendoiso.authoring.web_editor.work_tree import WorkTree, form_text, title_in

LISTED = 10  # items of a list
_DESCRIPTIONS = 3
_IN_BODY = re.compile(r"!\[(?P<words>[^\]\n]*)\]\(<?(?P<file>[^)>\s]+)")
_COVER = re.compile(r"^cover:[ ]*(?:\{(?P<flow>.*)\}|\n(?P<block>(?:[ ]+.*\n)+))", re.MULTILINE)


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


def uses_of(tree: WorkTree, files: Sequence[str], new: Mapping[str, bytes]) -> list[MediaUse]:
    """Return the files that items name, with all of these items.

    `new` are the texts that some items are about to get, empty if they go.
    """
    texts = list(_texts(tree, new)) if files else []
    uses = [MediaUse(file, tuple((path, title_in(text) or path) for path, text in texts if _names(text, file))) for file in files]
    return [use for use in uses if use.items]


def _texts(tree: WorkTree, new: Mapping[str, bytes] = MappingProxyType({})) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each item; addresses in it are plain letters."""
    for file in tree.files():
        if file.path.endswith(".md"):
            text = new[file.path] if file.path in new else tree.read(file.path) or b""
            yield file.path, unicodedata.normalize("NFC", unquote(form_text(text)))


def _names(text: str, file: str) -> bool:
    """Return whether a text names a file, by its whole path or from another folder."""
    folder, _, name = unicodedata.normalize("NFC", file).removeprefix("media/").rpartition("/")
    for found in re.finditer(rf"(?<![\w-]){re.escape(name)}", text):
        media, before = text[max(0, found.start() - 300) : found.start()].rpartition("media/")[1:]
        if media and before.removesuffix("/") == folder:
            return True
    return False


# ── descriptions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def descriptions_of(tree: WorkTree, file: str, own: str = "") -> list[str]:
    """Return how items other than `own` describe a picture, the most frequent first."""
    name = file.removeprefix("/")
    if not name.startswith("media/"):
        return []
    found = Counter(
        words for path, text in _texts(tree) if path != own for picture, words in _pictures(text) if words and _names(picture, name)
    )
    return [words for words, _ in found.most_common(_DESCRIPTIONS)]


def undescribed(text: str) -> list[str]:
    """Return the pictures of a text that have no description."""
    pictures = list(_pictures(text))
    return list(dict.fromkeys(picture for picture, words in pictures if not words))


def _pictures(text: str) -> Iterator[tuple[str, str]]:
    """Yield each picture of a text with its description, "" if it has none."""
    for match in _IN_BODY.finditer(text):
        yield match["file"], match["words"].strip()
    for match in _COVER.finditer(text):
        group = match["flow"] or match["block"]
        picture = re.search(r"\bimage:[ ]*[\"']?([^\s\"',}]+)", group)
        words = re.search(r"\balt:[ ]*(?:\"([^\"]*)\"|'([^']*)'|(.*))", group if match["block"] else group.replace(", ", "\n"))
        if picture:
            yield picture[1], next(filter(None, words.groups()), "").strip() if words else ""
