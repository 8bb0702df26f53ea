"""The walls: who may import whom, read from the import statements."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "chuyendoiso"
MODULES = sorted(PACKAGE.rglob("*.py"))

# What each part of the package may import of the rest; a part is a folder or module directly under the package.
DOMAIN = {"domain"}
ALLOWED = {
    "domain": set(),
    "stamps": set(),
    "tree": DOMAIN | {"stamps"},
    "text": DOMAIN,
    "source": DOMAIN | {"text", "tree"},
    "settings": DOMAIN | {"source", "text", "tree"},
    "convert": DOMAIN,
    "addresses": DOMAIN,
    "links": DOMAIN,
    "privacy": DOMAIN,
    "states": DOMAIN,
    "checked": DOMAIN | {"links", "source", "states"},
    "conflicts": DOMAIN | {"addresses", "checked"},
    "relations": DOMAIN | {"checked"},
    "references": DOMAIN | {"checked", "links"},
    "address_links": DOMAIN | {"references"},
    "bodies": DOMAIN | {"engine"},
    "article": DOMAIN | {"addresses", "checked", "convert", "engine", "privacy", "settings", "source", "text", "tree"},
    "catalogue": DOMAIN | {"addresses", "checked", "conflicts", "references", "relations", "states"},
    # features: domain alone, never each other
    "attachments": DOMAIN,
    "assets": DOMAIN,
    "calendars": DOMAIN,
    "feeds": DOMAIN,
    "images": DOMAIN,
    "search": DOMAIN,
    "sitemap": DOMAIN,
    "views": DOMAIN,
    "engine": DOMAIN | {"catalogue", "checked", "stamps"},
    "release": DOMAIN | {"durable", "engine"},
    "publishing": DOMAIN | {"durable", "release", "web"},
    "object_store": DOMAIN | {"durable"},
    "progress": set(),
    "web": set(),
    "durable": DOMAIN,
    "zalo": DOMAIN | {"durable", "web"},  # a job apart: it reads what is published
    "doctor": DOMAIN
    | {"build", "order", "progress", "publishing", "release", "trust", "web"},  # another: it looks at what is published
    "editing": DOMAIN
    | {"addresses", "assets", "build", "convert", "durable", "order", "progress", "settings", "source", "text", "tree", "views"},
    "word": DOMAIN | {"attachments", "convert", "editing", "engine", "images", "settings", "source", "text"},
    "trust": DOMAIN
    | {"durable", "release", "source"},  # jobs that read what git and the releases say; `history` is read by a build, too
    # what composes
    "reading": None,
    "build": None,
    "plan": DOMAIN | {"assets", "attachments", "calendars", "engine", "feeds", "images", "order", "search", "sitemap", "views"},
    "indexing": DOMAIN | {"engine", "search"},
    "lint": DOMAIN | {"build", "editing", "order", "progress", "release"},
    "explain": DOMAIN | {"catalogue"},
    "live": DOMAIN | {"bodies", "build", "engine", "indexing", "order", "release", "tree"},
    "serve": DOMAIN | {"editing", "live"},
    "demo": DOMAIN | {"images", "source"},
    "order": DOMAIN | {"release"},
    "command": {"build", "engine", "plugins", "progress"},
    "plugins": DOMAIN | {"build", "order", "progress"},
}

# Each library's one home.
HOMES = {
    "feedgen": {"feeds"},
    "icalendar": {"calendars"},
    "segno": {"views/leaflets.py"},
    "PIL": {"images"},
    "pypdfium2": {"images/pdf.py"},
    "pikepdf": {"images/pdf_actions.py"},
    "pillow_heif": {"images"},
    "jinja2": {"views/render.py"},
    "pelican": {"plugins"},
    "pydantic": {
        "domain/fields.py",
        "domain/site_fields.py",
        "domain/types.py",
        "domain/checks.py",
        "domain/describe.py",
        "domain/forms.py",
    },
    "pydantic_core": {"domain/checks.py"},
    "markdown": {"convert"},
    "pebble": {"engine"},
    "sqlite3": {"engine"},
    "rcssmin": {"assets"},
    "rjsmin": {"assets"},
    "brotli": {"publishing/bundle.py", "web.py"},
    "nh3": {"convert"},
    "yaml": {"source"},
    "watchfiles": {"serve"},
    "rich": {"progress"},
    "invoke": set(),
    "socket": {"editing/webeditor.py", "web.py"},
    "urllib.request": {"web.py"},
    "http": {"editing/webeditor.py", "serve", "web.py"},
    "subprocess": {
        "editing/hooks.py",
        "editing/webeditor.py",
        "object_store/rclone.py",
        "publishing/publish.py",
        "publishing/target.py",
        "trust/audit.py",
        "trust/git.py",
        "word/pandoc.py",
    },
    "pypandoc": {"word/pandoc.py"},
    "lxml": {"feeds", "release/verify.py", "word"},
    "cyclonedx": {"trust/sbom.py"},
    "packageurl": {"trust/sbom.py"},
    "docx": set(),  # for tests
}
CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "monotonic"}


def part_of(module: Path) -> str:
    relative = module.relative_to(PACKAGE)
    return relative.parts[0].removesuffix(".py")


@cache
def imports(module: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            # `from chuyendoiso import feeds` names the part in the list
            found |= {f"{node.module}.{alias.name}" for alias in node.names} if node.module == "chuyendoiso" else {node.module}
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.relative_to(PACKAGE).as_posix())
def test_a_part_imports_only_what_it_may(module):
    part = part_of(module)
    if part == "__init__":
        assert imports(module) == set()
        return
    used = {name.split(".")[1] for name in imports(module) if name.startswith("chuyendoiso.")} - {part}
    allowed = ALLOWED[part]
    assert allowed is None or used - allowed == set()


@pytest.mark.parametrize("library", HOMES)
def test_a_library_has_one_home(library):
    users = set()
    for module in MODULES:
        if any(name == library or name.startswith(f"{library}.") for name in imports(module)):
            relative = module.relative_to(PACKAGE).as_posix()
            users.add(relative if relative in HOMES[library] else part_of(module))
    assert users == HOMES[library]


def test_only_the_composer_sees_the_clock():
    """A lock file says since when it is held; the engine compares it with files' times and the next moment."""
    seen = set()
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            called = isinstance(node, ast.Attribute) and node.attr in CLOCKS and isinstance(node.value, ast.Name)
            if called and node.value.id in {"datetime", "date", "time"}:
                seen.add(part_of(module))
    assert seen == {"build", "command", "demo", "durable", "engine", "live", "order", "serve"}


def test_every_part_is_drawn():
    assert {part_of(module) for module in MODULES} - {"__init__"} == set(ALLOWED)


def test_safe_stands_in_one_macro():
    templates = PACKAGE.parent / "theme" / "templates"
    users = [
        path.relative_to(templates).as_posix()
        for path in sorted(templates.rglob("*.html"))
        if "|safe" in path.read_text().replace(" ", "")
    ]
    assert users == ["components/body.html"]


def test_plugins_are_thin():
    assert [module.name for module in (PACKAGE / "plugins").glob("*.py") if len(module.read_text("utf-8").splitlines()) > 70] == []


def test_no_name_of_a_place_stands_in_code_or_theme():
    root = PACKAGE.parent
    names = ("Nam Định", "Ninh Bình", "Hà Nam", "Cốc Cốc", "chinhphu.vn")
    files = [
        *MODULES,
        root / "tasks.py",
        root / "pelicanconf.py",
        root / "publishconf.py",
        *(root / "theme/templates").rglob("*.html"),
    ]
    invented = PACKAGE / "demo.py"  # illustrative content, with a channel of that name
    found = {
        (path.relative_to(root).as_posix(), name)
        for path in files
        if path != invented
        for name in names
        if name in path.read_text("utf-8")
    }
    assert found == set()


def test_no_file_names_the_host_of_a_package_registry():
    """A machine may have its packages from anywhere. The classes of one letter keep the pattern from matching itself."""
    hosts = re.compile(rb"py[p]i\.(?:org|python)|python[h]osted|npm[j]s\.(?:org|com)|deb\.[d]ebian")
    root = PACKAGE.parent
    listing = ["git", "ls-files", "-z", "-co", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=root, check=True, capture_output=True, text=True).stdout.split("\0")
    assert [name for name in listed if (root / name).is_file() and hosts.search((root / name).read_bytes())] == []
