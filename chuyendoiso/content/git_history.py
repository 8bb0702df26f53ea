"""Read the versions of content files on the main line of a git repository."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from chuyendoiso.content.front_matter import Unreadable, parse_source
from chuyendoiso.model.characters import plain_name
from chuyendoiso.model.content_types import DOCUMENT, ITEM_TYPES, TRAINING
from chuyendoiso.model.history import History, Version, VersionFacts, make_history
from chuyendoiso.model.vocabulary import EditorStatus
from chuyendoiso.system import git
from chuyendoiso.system.errors import BuildStopped, WrongUse

FOLDERS = tuple(kind.value for kind in ITEM_TYPES)
BLOBS = 300  # read at a time, each of at most some hundred kilobytes
_HEAD = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.*?)^---", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"^(status|topic|date|modified|change_note)[ \t]*:[ \t]*(.*?)(?:[ \t]+#.*)?[ \t\r]*$", re.MULTILINE)
_NUMBER = re.compile(r"""\d[^\s,/\[\]{}"']*/[^\s,\[\]{}"'#]+""")  # of a document: 749/QĐ-TTg

# the merge of one's own branch as others have it, which `git pull` makes: the main line is the second parent
_PULL = re.compile(
    r"Merge (?:branch '(?P<branch>[^']+)' of \S+|remote-tracking branch '[^/']+/(?P<tracked>[^']+)')(?: into (?P<into>\S+))?"
)
_SHALLOW = (
    "Kho Git này chỉ có những commit gần đây (shallow), nên không biết bài nào mới, sửa hay gỡ lúc nào. "
    "Cách sửa: chạy git fetch --unshallow; trong CI thì lấy đủ lịch sử (actions/checkout: fetch-depth: 0; GitLab: GIT_DEPTH: 0)."
)


class CommitStep(NamedTuple):
    """A commit of the main line, and its parent on that line; "" for the first."""

    commit: str
    parent: str
    time: datetime


class Change(NamedTuple):
    """The change of a file by a commit.

    `blob` is None if it deletes the file, "" if git has none; `former` is the path before a rename.
    """

    time: datetime
    number: int
    path: str  # from the top of the work tree
    blob: str | None
    former: str | None = None


def read_history(content: Path) -> History | None:
    """Return the history of a content folder; None without a repository or commit.

    A file that is not as in the last commit has one more version, as old as the file.
    Raises WrongUse if the repository is shallow or git refuses to read it, BuildStopped if git fails.
    """
    try:
        root = git.root_of(content)
    except git.NoRepository:
        return None
    if git.run_unchecked(root, "rev-parse", "--verify", "--quiet", "HEAD").status:
        return None
    if git.run(root, "rev-parse", "--is-shallow-repository").text == "true":
        raise WrongUse(_SHALLOW)
    inside = content.resolve().relative_to(root.resolve()).as_posix()
    line = _main_line(root)
    changes = [*_changes(root, line), *_uncommitted(root, inside, line)]
    prefix = "" if inside == "." else f"{inside}/"
    files = _follow_renames(change for change in changes if change.path.endswith(".md"))
    places = tuple(f"{prefix}{folder}/" for folder in FOLDERS)
    articles = {path.removeprefix(prefix): changes_of_file for path, changes_of_file in files.items() if path.startswith(places)}
    media = {change.path.removeprefix(prefix): change.time for change in changes if change.path.startswith(f"{prefix}media/")}
    return make_history(dict(_versions(root, articles)), {plain_name(name): time for name, time in media.items()})


# ── git's output ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _main_line(root: Path) -> list[CommitStep]:
    """Return the commits of the main line, the oldest first; a merge is one.

    Of a merge the first parent is on the main line, but for the merge that `git pull` makes: there it is the second. No commit is
    older than the one before: the clock of another machine may be slow.
    """
    out = git.run(root, "log", "-z", "--format=%H%x00%P%x00%ct%x00%s", "--no-show-signature", "HEAD").out
    fields = out.decode("utf-8", "replace").split("\0")
    commits = {fields[at]: fields[at + 1 : at + 4] for at in range(0, len(fields) - 3, 4)}
    branch = git.run_unchecked(root, "symbolic-ref", "--quiet", "--short", "HEAD").text
    line, commit = list[tuple[str, str, int]](), next(iter(commits))
    while commit:
        parents, time, subject = commits[commit]
        parent = _main_parent(parents.split(), subject, {branch, "main", "master"})
        line.append((commit, parent, int(time)))
        commit = parent
    line.reverse()
    times = accumulate((datetime.fromtimestamp(time, UTC) for _, _, time in line), max)
    return [CommitStep(commit, parent, time) for (commit, parent, _), time in zip(line, times, strict=True)]


def _main_parent(parents: Sequence[str], subject: str, branches: Collection[str]) -> str:
    if len(parents) == 2 and (pull := _PULL.match(subject)):
        pulled = pull["branch"] or pull["tracked"]
        if pulled in branches and pull["into"] in {None, pulled}:
            return parents[1]
    return parents[0] if parents else ""


def _changes(root: Path, line: Sequence[CommitStep]) -> Iterator[Change]:
    """Yield the changes of each commit of the main line. Raises BuildStopped."""
    steps = {step.commit: (step.time, number) for number, step in enumerate(line, 1)}
    commits = "".join(f"{step.commit} {step.parent}".rstrip() + "\n" for step in line).encode()
    options = ("--stdin", "--root", "-r", "--raw", "-z", "--no-abbrev", "-M", "-l5000")
    fields = iter(git.run(root, "diff-tree", *options, standard_input=commits).out.decode("utf-8", "surrogateescape").split("\0"))
    time, number = line[0].time, 0
    for text in fields:
        if text in steps:
            time, number = steps[text]
        elif text.startswith(":"):
            _, _, _, blob, kind = text.split(" ")
            former = next(fields) if kind[0] in "RC" else None
            yield Change(time, number, next(fields), None if kind == "D" else blob, former if kind[0] == "R" else None)


def _uncommitted(root: Path, inside: str, line: Sequence[CommitStep]) -> Iterator[Change]:
    """Yield the files that are not as in the last commit.

    A change is as old as its file, but newer than that commit.
    """
    options = ("--porcelain", "-z", "--no-renames", "--untracked-files=all")
    for status in git.run(root, "status", *options, "--", f":(top,literal){inside}").names:
        path = root / status[3:]
        if path.is_file() and not path.is_symlink():
            modified = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
            yield Change(max(modified, line[-1].time + timedelta(seconds=1)), len(line) + 1, status[3:], "")


# ── versions ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _follow_renames(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """Return the changes of each file under its last name, in NFC."""
    files: dict[str, list[Change]] = {}
    for change in changes:
        name, former = plain_name(change.path), plain_name(change.former or "")
        if former in files and former != name:
            files[name] = files.pop(former)
        earlier = files.setdefault(name, [])
        # of one commit: deleted under one Unicode form, and there under another
        same = [earlier.pop()] if earlier and earlier[-1].number == change.number else []
        earlier.append(max([*same, change], key=lambda version: version.blob is not None))
    return files


def _versions(root: Path, files: Mapping[str, Sequence[Change]]) -> Iterator[tuple[str, list[Version]]]:
    facts = dict(_facts_of_blobs(root, {change.blob: name for name, changes in files.items() for change in changes if change.blob}))
    for name, changes in files.items():
        yield name, [Version(change.time, change.number, _facts_of(root, name, change, facts)) for change in changes]


def _facts_of(root: Path, name: str, change: Change, facts: Mapping[str, VersionFacts]) -> VersionFacts | None:
    if change.blob is None:
        return None
    version = facts[change.blob] if change.blob else parse_facts(name, (root / change.path).read_bytes())
    folder = next((folder for folder in FOLDERS if f"/{folder}/" in f"/{change.path}"), version.folder)
    return version if version.folder == folder else version._replace(folder=folder)


def _facts_of_blobs(root: Path, names: Mapping[str, str]) -> Iterator[tuple[str, VersionFacts]]:
    """Yield the facts of each blob; `names` has their files. Raises BuildStopped.

    Blobs are read in batches: a long history has a gigabyte of them.
    """
    blobs = list(names)
    for start in range(0, len(blobs), BLOBS):
        batch = blobs[start : start + BLOBS]
        out = git.run(root, "cat-file", "--batch", "--buffer", standard_input="\n".join(batch).encode() + b"\n").out
        at = 0
        for blob in batch:
            begin = out.find(b"\n", at) + 1
            fields = out[at:begin].split()
            if len(fields) != 3:
                raise BuildStopped(
                    f"Kho Git thiếu dữ liệu của một bản cũ ({blob[:12]}). Cách sửa: chạy git fsck, hoặc clone lại kho."
                )
            end = begin + int(fields[2])
            yield blob, parse_facts(names[blob], out[begin:end])
            at = end + 1


def parse_facts(name: str, raw: bytes) -> VersionFacts:
    """Return the facts of a version of a content file, which may be invalid.

    Regular expressions read the fields, a hundred times as fast as YAML; YAML reads a status that they cannot read.
    """
    match = _HEAD.match(raw)
    head = match[1].decode("utf-8", "replace") if match else ""
    fields = {key: value.strip("\"'“”‘’") for key, value in _FIELD.findall(head)}
    status = fields.get("status", EditorStatus.PUBLISHED.value).lower()
    if status not in set(EditorStatus) or ("status" in head and "status" not in fields):
        status = str(_values(name, raw).get("status", EditorStatus.PUBLISHED.value)).strip().lower()
    folder = name.partition("/")[0]
    majors = (fields.get("date"), fields.get("modified") if fields.get("change_note") else "")
    return VersionFacts(
        folder=folder,
        status=status,
        topic=fields.get("topic", ""),
        session=_session(name, raw) if folder == TRAINING.kind else "",
        majors=tuple(filter(None, majors)),
        numbers=frozenset(map(str.casefold, _NUMBER.findall(head))) if folder == DOCUMENT.kind else frozenset(),
    )


def _values(name: str, raw: bytes) -> Mapping[str, object]:
    """Return all fields of a version; an empty mapping if it cannot be parsed."""
    try:
        return parse_source(raw, name, name).fields.values
    except Unreadable:
        return {}


def _session(name: str, raw: bytes) -> str:
    """Return the fields that calendars show, as one text; "" without a session."""
    values = _values(name, raw)
    session = values.get("session")
    if not isinstance(session, Mapping):
        return ""
    calendar_fields = {key: session.get(key) for key in ("starts_at", "ends_at", "venue", "streams")}
    status = str(values.get("status", EditorStatus.PUBLISHED.value))
    return repr([calendar_fields, status, *(values.get(key) for key in ("title", "summary", "withdrawn_reason"))])
