"""Content files that pass their own checks; no folder is read."""

import hashlib
from datetime import datetime
from pathlib import Path

from bad_content import FOLDERS, make_source
from made_items import ZONE, file, picture
from rich_site import RICH_SITE

from chuyendoiso.content.catalogue import Media, resolve
from chuyendoiso.content.front_matter import parse_source
from chuyendoiso.content.loader import Loader
from chuyendoiso.content.markdown import convert_body
from chuyendoiso.content.parsed_file import ParsedFile, summarize
from chuyendoiso.content.permalinks import classify_file
from chuyendoiso.content.scan import ContentFiles
from chuyendoiso.system.cache import Cache

KINDS = {folder: kind for kind, folder in FOLDERS.items()}
LOADER = Loader(ContentFiles(Path("content"), (), (), {}, {}), RICH_SITE, Cache(Path("unused")), "", "")
AS_OF = datetime(2026, 11, 24, 12, tzinfo=ZONE)
MEDIA = Media(frozenset({"media/anh.jpg", "media/tep.pdf"}), {"media/anh.jpg": picture("anh")}, {"media/tep.pdf": file("tep")})


def checked(name, change="", body=""):
    """Return a file after its own checks, and the text that it was."""
    display_path, text = LOADER.display_path(name), make_source(KINDS[name.rpartition("/")[0]], change, body)
    source = parse_source(text.encode(), name, display_path)
    return LOADER.check(classify_file(name, display_path), source, convert_body(source.body))[0], text


def listed(name, change="", body=""):
    """Return a checked file among many; its keys change with its text."""
    file, text = checked(name, change, body)
    digest = hashlib.sha256(text.encode()).hexdigest()
    summary = summarize(file, RICH_SITE, hashlib.sha256(text.partition("\n---\n")[2].encode()).hexdigest())
    return ParsedFile(name, file.display_path, (digest,), summary, lambda: file)


def article(name, change="", body=""):
    """Return a checked news article of 2026."""
    return listed(f"tin-tuc/2026/{name}.md", change, body)


def resolved(*files, as_of=AS_OF, preview=False, media=MEDIA, faulty=(), rejected=(), before=None):
    """Gather some files at a moment."""
    return resolve(files, faulty, frozenset(rejected), frozenset(), media, RICH_SITE, as_of, preview=preview, before=before or {})


def value_of(*files, **options):
    """Return what the first of some files becomes."""
    return resolved(*files, **options).items[files[0].name].value
