"""Feeds the readers broken input by a seed, for as long as is asked: `python tests/fuzz.py --seconds 60 --seed 1`.

A reader may tell a problem; anything else that it raises, a hang and a growth of memory are failures. Each failing input is kept as a file.
"""

# ruff: noqa: E402 - run as a script, it finds the package beside it first
import argparse
import io
import itertools
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType

sys.path[:0] = [str(Path(__file__).parent.parent)]

import pillow_heif
from PIL import ExifTags, Image

from chuyendoiso.content.front_matter import Fields, Unreadable, read_source
from chuyendoiso.content.markdown import Tangled, convert_body
from chuyendoiso.content.parsed_file import FileContent
from chuyendoiso.content.references import LinkTargets, References
from chuyendoiso.model.characters import forbidden_in, forbidden_reference, neutralised, without_invisible_references
from chuyendoiso.model.items import Picture
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.problems import Problem
from chuyendoiso.outputs.images.measure import measure_picture

SLOW = 10  # seconds
GROWTH = 300 * 1024  # KB, as getrusage counts on Linux
HEADER = b"---\ntitle: B\xc3\xa0i\ndate: 2026-11-20\nsummary: T\xc3\xb3m t\xe1\xba\xaft.\ntopic: xa-hoi-so\ntags: [a, 'b']\ncover:\n  image: /media/a.jpg\n  alt: \"x\"\n---\n\n## M\xe1\xbb\xa5c\n"
WORDS = (
    "---", "\n", "\n\n", "title: ", "- ", "? ", ": ", ", ", "[", "]", "{", "}", "&a ", "*a", "!!str ", "|", ">", "'", '"', "\\", "\t", " ", "#", "%", "@", "`", "~",
    "\\x00", "\\ud800", "\\U0010ffff", "a", "1", "ô", "đ", "\u0301", "\u202e", "\u2028", "\x85", "😀", "®æi", "Chuyá»ƒn",
)  # fmt: skip
MARKDOWN = (
    "[a](", ")", "![a](", "![", "](", "<a href=\"", "\">", "</a>", "<img src=", "<", ">", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "&#27;", "&#x", "&#", "27", "x1b", "202e", "0", ";", "&amp;", "&",
    "```", "~~~", "`", "``", "*", "**", "_", "__", "# ", "## ", "> ", "- ", "1. ", "    ", "\t", "\n", "\n\n", "|", "| --- |", ":", "[^1]", "[^1]: ", "[a]: ", "*[a]: ",
    "\\", "{", "}", "{filename}", "javascript:", "https://", "//", "media/", "/", "..", "#", "?", "%", "%00", "\x02", "\x03", "klzzwxh:0000", "wzxhzdk:0", "a", "đ", "😀",
    "<table>", "<td>", "<p>", "<div>", "<svg>", "<script>", "<style>", "cds:61", "\u202e", "a\nb", "=", "==", "---", "***",
)  # fmt: skip


def sample_pictures() -> dict[str, bytes]:
    """Return a real picture of each format, with metadata where it can hold some."""
    image = Image.effect_noise((64, 48), 60).convert("RGB")
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    found = {}
    for ending, format_, options in (
        ("jpg", "JPEG", {"exif": exif, "quality": 80}),
        ("png", "PNG", {"exif": exif}),
        ("webp", "WEBP", {"exif": exif}),
        ("gif", "GIF", {"save_all": True}),
    ):
        buffer = io.BytesIO()
        image.save(buffer, format_, **options)
        found[ending] = buffer.getvalue()
    buffer = io.BytesIO()
    pillow_heif.from_pillow(image).save(buffer, quality=50)
    return {**found, "heic": buffer.getvalue()}


def mutated(chance: random.Random, data: bytes) -> bytes:
    """Return the bytes with some changed, cut out, doubled or moved."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(found) + 1)
        length = chance.choice((1, 1, 2, 4, 8, 64))
        match chance.randrange(6):
            case 0:
                found[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                found[at : at + length] = b""
            case 2:
                found[at:at] = found[at : at + length]
            case 3:
                found[at : at + length] = chance.choice((b"\xff", b"\0", b"\x7f")) * length
            case 4:
                del found[at:]
            case 5:
                other = chance.randrange(len(found) + 1)
                found[at:at] = found[other : other + length]
    return bytes(found)


def front_matter(chance: random.Random) -> bytes:
    """Return the bytes of an article whose fields are broken."""
    if chance.random() < 0.5:
        return mutated(chance, HEADER)
    return f"---\n{''.join(chance.choices(WORDS, k=chance.randrange(60)))}\n---\n".encode("utf-8", "surrogatepass")


def body(chance: random.Random) -> bytes:
    """Return a Markdown body of odd pieces, at times many times over."""
    pieces = "".join(chance.choices(MARKDOWN, k=chance.randrange(1, 60)))
    return (pieces * chance.choice((1, 1, 1, 2, 50)))[:20_000].encode()


PICTURES = MappingProxyType(sample_pictures())
LIBRARY = LinkTargets(
    articles={}, rejected=frozenset(), unfinished=frozenset(), live=frozenset(), withdrawn=frozenset(), media=frozenset({"media/a.jpg"}), pictures={}, files={},
    documents={}, frame_hosts=frozenset({"phat.tinh.vn"}),
)  # fmt: skip


def try_front_matter(path: Path) -> None:
    try:
        read_source(path, "tin-tuc/2026/x.md", "x.md")
    except Unreadable as unreadable:
        assert unreadable.problems and all(problem.line >= 1 for problem in unreadable.problems)


def try_body(path: Path) -> None:
    text = without_invisible_references(neutralised(path.read_bytes().decode()))
    if forbidden_in(text) or forbidden_reference(text):  # what source.py refuses by name
        return
    try:
        converted = convert_body(text)
    except (TimeoutError, RecursionError, Tangled):  # what reading.py refuses by name
        return
    made = converted.text + "".join(part for part in converted.parts if isinstance(part, str))
    assert not forbidden_in(made)
    References(LIBRARY).resolve_body(FileContent("tin-tuc/2026/x.md", "x.md", Fields({}, {}), converted, 1))


def try_picture(path: Path) -> None:
    assert isinstance(measure_picture(path, f"media/{path.name}", path.name, Limits()), Picture | Problem)


Case = tuple[str, bytes, Callable[[Path], None]]


def cases(seed: int) -> Iterator[Case]:
    """Yield a file's name, its bytes and what reads it, for ever."""
    chance = random.Random(seed)
    for number in itertools.count():
        kind = number % 3
        if kind == 0:
            yield "fields.md", front_matter(chance), try_front_matter
        elif kind == 1:
            yield "body.md", body(chance), try_body
        else:
            ending = chance.choice(list(PICTURES))
            yield f"picture.{ending}", mutated(chance, PICTURES[ending]), try_picture


def stop(signum: int, frame: object) -> None:
    raise TimeoutError


def failure(case: Case, folder: Path) -> str | None:
    """Read one case; return what went wrong."""
    name, data, read = case
    path = folder / name
    path.write_bytes(data)
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, 5)
    try:
        read(path)
    except BaseException:
        return traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    if time.monotonic() - started > SLOW:
        return f"{time.monotonic() - started:.0f} seconds"
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return f"{grown} KB more memory" if grown > GROWTH else None


def fuzz(seed: int, retained: Path, *, seconds: float = 1e9, count: int = sys.maxsize) -> tuple[int, list[Path]]:
    """Run cases until the time or the count is reached; return how many, and the files of those that failed."""
    deadline = time.monotonic() + seconds
    failed: list[Path] = []
    signal.signal(signal.SIGALRM, stop)
    done = 0
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for case in itertools.islice(cases(seed), count):
            if time.monotonic() > deadline:
                break
            done += 1
            if reported := failure(case, Path(folder)):
                failed.append(retained / f"{seed}-{done}-{case[0]}")
                failed[-1].write_bytes(case[1])
                failed[-1].with_suffix(".txt").write_text(reported, "utf-8")
    return done, failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    retained = Path(tempfile.mkdtemp(prefix="fuzz-"))
    done, failed = fuzz(options.seed, retained, seconds=options.seconds)
    print(f"{done} cases, {len(failed)} failed{', retained in ' + str(retained) if failed else ''}")
    for path in failed:
        print(path, path.with_suffix(".txt").read_text("utf-8").strip().splitlines()[-1])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
