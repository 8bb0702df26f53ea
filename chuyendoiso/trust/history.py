"""The versions of content files, as the main line of a git repository has them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from chuyendoiso.domain.characters import plain_name
from chuyendoiso.domain.history import History, Version, VersionFacts, make_history
from chuyendoiso.domain.problems import BuildStopped, WrongUse
from chuyendoiso.domain.vocabulary import Kind, Status
from chuyendoiso.source import Unreadable, parse_source
from chuyendoiso.trust import git

FOLDERS = tuple(kind.value for kind in Kind if kind is not Kind.PAGE)
BLOBS = 300  # read at a time: each has at most some hundred kilobytes
_HEAD = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.*?)^---", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(rb"^(status|topic)[ \t]*:[ \t]*[\"']?([\w-]+)", re.MULTILINE)
_SHALLOW = (
    "Kho Git này chỉ có những commit gần đây (shallow), nên không biết bài nào mới, sửa hay gỡ lúc nào. "
    "Cách sửa: chạy git fetch --unshallow; trong CI thì lấy đủ lịch sử (actions/checkout: fetch-depth: 0; GitLab: GIT_DEPTH: 0)."
)


class Change(NamedTuple):
    """What a commit does to a file: `blob` is None if it deletes the file, `former` is the name before a rename."""

    time: datetime
    number: int
    name: str
    blob: str | None
    former: str | None


def read_history(content: Path) -> History | None:
    """Return the history of a content folder; None if it lies in no repository, or in one without a commit.

    A file that is not as in the last commit has one more version, as old as the file.
    Raises WrongUse if the repository is shallow or git refuses to read it, BuildStopped if git fails.
    """
    try:
        root = git.root_of(content)
    except git.NoRepository:
        return None
    if git.ask(root, "rev-parse", "--verify", "--quiet", "HEAD").status:
        return None
    if git.run(root, "rev-parse", "--is-shallow-repository").text == "true":
        raise WrongUse(_SHALLOW)
    inside = content.resolve().relative_to(root.resolve()).as_posix()
    changes = list(_changes(root, inside))
    last = changes[-1].number if changes else 0
    files = _follow_renames([*changes, *_uncommitted(root, inside, last + 1)])
    return make_history(dict(_versions(root, content, files)))


def _changes(root: Path, inside: str) -> Iterator[Change]:
    """Yield the changes of content files, the oldest first; a merge counts as one commit of the main line.

    Git is asked about all files: limited to a path it compares every tree twice.
    """
    options = (
        "--first-parent",
        "--diff-merges=first-parent",
        "--reverse",
        "--raw",
        "-z",
        "--no-abbrev",
        "-M",
        "-l5000",
        "--format=%x01%ct",
    )
    plain = ("--no-show-signature", "--no-ext-diff", "--no-textconv")  # whatever the machine's settings of `git log` are
    out = git.run(root, "-c", "log.showRoot=true", "log", *options, *plain, "HEAD")
    prefix = "" if inside == "." else f"{inside}/"
    folders = tuple(f"{prefix}{folder}/" for folder in FOLDERS)
    time, number = datetime.fromtimestamp(0, UTC), 0
    fields = iter(out.out.decode("utf-8", "surrogateescape").split("\0"))
    for one in fields:
        text = one.strip("\n")
        if text.startswith("\x01"):
            # the clock of another machine may be slow: no commit is older than the one before
            time, number = max(time, datetime.fromtimestamp(int(text[1:]), UTC)), number + 1
        elif text.startswith(":"):
            _, _, _, blob, kind = text.split(" ")
            former = next(fields).removeprefix(prefix) if kind[0] in "RC" else None
            path = next(fields)
            if path.startswith(folders) and path.endswith(".md"):
                yield Change(time, number, path.removeprefix(prefix), None if kind == "D" else blob, former)


def _uncommitted(root: Path, inside: str, number: int) -> Iterator[Change]:
    """Yield the files that are not as in the last commit; `blob` is "" as git has none."""
    options = ("--porcelain", "-z", "--no-renames", "--untracked-files=all")
    for line in git.run(root, "status", *options, "--", f":(top,literal){inside}").names:
        path = root / line[3:]
        if path.suffix == ".md" and path.is_file() and not path.is_symlink():
            name = line[3:] if inside == "." else line[3:].removeprefix(f"{inside}/")
            yield Change(datetime.fromtimestamp(int(path.stat().st_mtime), UTC), number, name, "", None)


def _follow_renames(changes: Sequence[Change]) -> dict[str, list[Change]]:
    """Return the changes of each file under its last name."""
    files: dict[str, list[Change]] = {}
    for change in changes:
        if change.former in files and change.former is not None:
            files[change.name] = files.pop(change.former)
        files.setdefault(change.name, []).append(change)
    return files


def _versions(root: Path, content: Path, files: Mapping[str, Sequence[Change]]) -> Iterator[tuple[str, list[Version]]]:
    wanted = {change.blob: change.name for found in files.values() for change in found if change.blob}
    facts = dict(_facts_of_blobs(root, wanted))
    for name, found in files.items():
        yield plain_name(name), [Version(one.time, one.number, _facts_of(content, one, facts)) for one in found]


def _facts_of(content: Path, change: Change, facts: Mapping[str, VersionFacts]) -> VersionFacts | None:
    if change.blob is None:
        return None
    if change.blob == "":
        return parse_facts(change.name, (content / change.name).read_bytes())
    found = facts[change.blob]
    return found if found.folder == _folder(change.name) else found._replace(folder=_folder(change.name))


def _facts_of_blobs(root: Path, wanted: Mapping[str, str]) -> Iterator[tuple[str, VersionFacts]]:
    """Yield what each blob says; a few at a time, for a long history has a gigabyte of them. Raises BuildStopped."""
    blobs = list(wanted)
    for start in range(0, len(blobs), BLOBS):
        some = blobs[start : start + BLOBS]
        out = git.run(root, "cat-file", "--batch", "--buffer", standard_input="\n".join(some).encode() + b"\n").out
        at = 0
        for blob in some:
            head, _, rest = out[at : at + 200].partition(b"\n")
            fields = head.split(b" ")
            if len(fields) != 3 or (not rest and at + len(head) + 1 > len(out)):
                raise BuildStopped(
                    f"Kho Git thiếu dữ liệu của một bản cũ ({blob[:12]}). Cách sửa: chạy git fsck, hoặc clone lại kho."
                )
            begin = at + len(head) + 1
            end = begin + int(fields[2])
            yield blob, parse_facts(wanted[blob], out[begin:end])
            at = end + 1


def parse_facts(name: str, raw: bytes) -> VersionFacts:
    """Return what a version of a content file says, read as far as that can be: an old version may be faulty."""
    head = _HEAD.match(raw)
    found = {key: value.decode("utf-8", "replace") for key, value in _FIELD.findall(head[1] if head else b"")}
    folder = _folder(name)
    status = found.get(b"status", Status.PUBLISHED.value).lower()
    session = _session(name, raw) if folder == Kind.TRAINING.value else ""
    return VersionFacts(folder, status, found.get(b"topic", ""), session)


def _folder(name: str) -> str:
    return name.partition("/")[0]


def _session(name: str, raw: bytes) -> str:
    """Return all that a calendar shows of a training, as text; "" if it has no session or cannot be read."""
    try:
        values = parse_source(raw, name, name).fields.values
    except Unreadable:
        return ""
    session = values.get("session")
    if not isinstance(session, Mapping):
        return ""
    shown = {key: session.get(key) for key in ("starts_at", "ends_at", "venue", "streams")}
    return repr([shown, *(values.get(key) for key in ("title", "summary", "status", "withdrawn_reason"))])
