"""What is remembered of each content file from one build to the next, so that only what changed is read, checked and made again.

A file is the same where its stamp is, or where its bytes are; whether what it became still holds is `catalogue`'s to tell. All is
kept in two layers: a base, and the files that changed since, so that what is written is in proportion to the change.
"""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from chuyendoiso.bodies import CONVERTED, PACKAGE
from chuyendoiso.domain.model import File, Picture
from chuyendoiso.domain.problems import Problem
from chuyendoiso.engine.fingerprints import code_digests, file_digest
from chuyendoiso.engine.kept import Kept, key_of
from chuyendoiso.stamps import Stamp, is_settled

if TYPE_CHECKING:
    from chuyendoiso.catalogue import Made
    from chuyendoiso.checked import Facts

FILES, BASE, CHANGES = "file", "memory", "change"  # kinds of what is kept
SHARE = 20  # so many times as many files as changed since make a new base worth its time


class Seen(NamedTuple):
    """A content file whose fields are right, as it was when it was read."""

    stamp: Stamp | None  # None: it may be written to again within the same tick of the file system's clock
    digest: str  # SHA-256 of its bytes
    head: str  # that of its front matter
    site: str  # digest of the settings that it was checked by
    facts: "Facts"
    problems: tuple[Problem, ...]
    made: "Made | None" = None


class SeenMedia(NamedTuple):
    """A media file as it was when it was measured without a problem; `limits` are those it was measured by."""

    stamp: Stamp | None
    limits: str
    facts: Picture | File


@dataclass
class Memory:
    """What is known of the files of a content folder."""

    kept: Kept
    version: str  # tells all that what is known depends on beside the files and the settings
    converter: str  # tells all that a converted body depends on beside the text
    known: dict[str, Seen | SeenMedia] = field(default_factory=dict)
    now: int = field(default_factory=time.time_ns)
    changed: int = 0  # files that differ from the base

    def __post_init__(self) -> None:
        """Load what the last build knew."""
        self.known.update(self.kept.get(BASE, [self.version]).get(self.version, {}))
        if self.known:
            for name, seen in self.kept.all(CHANGES).items():
                self.changed += 1
                if seen is None:
                    self.known.pop(name, None)
                else:
                    self.known[name] = seen

    def sure(self, stamp: Stamp) -> Stamp | None:
        """Return a stamp if any later change of the file is bound to change it."""
        return stamp if is_settled(stamp, self.now) else None

    def file(self, name: str, files: Mapping[str, Path], stamp: Stamp, site: str) -> Seen | None:
        """Return what is known of a content file; None where it has changed, or is new."""
        seen = self.known.get(name)
        if not isinstance(seen, Seen) or seen.site != site:
            return None
        if seen.stamp == stamp:
            return seen
        try:
            digest = hashlib.sha256(files[name].read_bytes()).hexdigest()
        except OSError:  # told by whoever reads it again
            return None
        if seen.digest != digest:
            return None
        return seen._replace(stamp=self.sure(stamp))

    def media(self, name: str, stamp: Stamp, limits: str) -> SeenMedia | None:
        """Return what is known of a media file; None where it may have changed, or is new."""
        seen = self.known.get(name)
        return seen if isinstance(seen, SeenMedia) and seen.stamp == stamp and seen.limits == limits else None

    def save(self, now: Mapping[str, Seen | SeenMedia]) -> None:
        """Remember what is known now. Raises BuildStopped where it cannot be written."""
        changes: dict[str, Any] = {name: seen for name, seen in now.items() if self.known.get(name) is not seen}
        changes |= dict.fromkeys(self.known.keys() - now.keys())
        if (self.changed + len(changes)) * SHARE > len(now):
            self._rewrite(now)
        else:
            self.kept.put(CHANGES, changes)
            self.changed += len(changes)
        self.known = dict(now)

    def _rewrite(self, now: Mapping[str, Seen | SeenMedia]) -> None:
        """Begin a new base, and drop what no file has any more."""
        files = [(name, seen) for name, seen in now.items() if isinstance(seen, Seen)]
        self.changed = 0
        self.kept.put(BASE, {self.version: dict(now)})
        self.kept.keep_only(BASE, [self.version])
        self.kept.keep_only(CHANGES, [])
        self.kept.keep_only(FILES, [file_key(self.version, name, seen.site, seen.digest) for name, seen in files])
        self.kept.keep_only(CONVERTED, [seen.facts.body for _, seen in files])


def memory_of(kept: Kept, root: str) -> Memory:
    """Return what is known of the files of a content folder of this name, to this version of the code."""
    return Memory(kept, *versions(root))


@cache  # the code that runs does not change
def versions(root: str) -> tuple[str, str]:
    """Return what all that is remembered of a content folder of this name depends on, and what a converted body does."""
    converter = code_digests(PACKAGE)("chuyendoiso.convert")
    return f"{root} {file_digest([PACKAGE])} {converter}", converter


def file_key(version: str, name: str, site: str, digest: str) -> str:
    """Return the key under which a checked file is kept whole: `site` is the digest of the settings, `digest` that of its bytes."""
    return key_of(version, site, name, digest)
