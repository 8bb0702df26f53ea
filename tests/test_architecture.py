"""The walls: who may import whom, read from the import statements."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections import Counter
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "chuyendoiso"
MODULES = sorted(PACKAGE.rglob("*.py"))

# The rooms, bottom up: a module imports what is in its own room and in those above in this table.
ROOMS = {
    "system": "adapters to the machine",
    "model": "values and the schema",
    "content": "from files to the catalogue",
    "outputs": "which files the site has, and how each is made",
    "release": "a complete tree, verified and swapped in",
    "build": "options, scheduler, pipeline",
    "deploy": "from a release to readers and channels",
    "authoring": "what editors use",
    "ops": "what whoever runs it uses",
    "cli": "one file a command",
}
ORDER = list(ROOMS)
# Each library's one home.
HOMES = {
    "feedgen": {"outputs/feeds"},
    "icalendar": {"outputs/calendars.py"},
    "mcp": {"ops/mcp_server.py"},
    "mcp_types": {"ops/mcp_server.py"},
    "segno": {"outputs/pages/leaflets.py"},
    "PIL": {"outputs/images"},
    "pypdfium2": {"outputs/images/pdf.py"},
    "pikepdf": {"outputs/images/pdf_actions.py"},
    "pillow_heif": {"outputs/images"},
    "jinja2": {"outputs/pages/templates.py"},
    "pelican": {"build/pelican"},
    "pydantic": {
        "model/content_types",
        "model/item_fields.py",
        "model/site_fields.py",
        "model/types.py",
        "model/validation.py",
        "authoring/field_tables.py",
        "authoring/forms.py",
    },
    "pydantic_core": {"model/validation.py"},
    "markdown": {"content/markdown"},
    "pebble": {"system/workers.py"},
    "sqlite3": {"system/cache.py"},
    "rcssmin": {"outputs/assets.py"},
    "rjsmin": {"outputs/assets.py"},
    "brotli": {"deploy/bundle.py", "system/http.py"},
    "nh3": {"content/markdown"},
    "yaml": {"content/front_matter.py", "content/yaml_problems.py"},
    "watchfiles": {"authoring/preview_server.py"},
    "rich": {"system/progress.py"},
    "invoke": {"cli"},
    "socket": {"system/http.py"},
    "urllib.request": {"system/http.py"},
    "http": {"authoring/preview_server.py", "system/http.py"},
    "subprocess": {
        "authoring/git_hooks.py",
        "deploy/object_store/rclone.py",
        "deploy/deployment.py",
        "deploy/server_folder.py",
        "ops/vulnerabilities.py",
        "system/git.py",
        "authoring/word/pandoc.py",
    },
    "pypandoc": {"authoring/word/pandoc.py"},
    "lxml": {"outputs/channels", "outputs/feeds", "outputs/search", "release/verify.py", "authoring/word"},
    "cyclonedx": {"ops/bill_of_materials.py"},
    "packageurl": {"ops/bill_of_materials.py"},
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


def name_of(module: Path) -> str:
    return ".".join(module.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


NAMES = {name_of(module) for module in MODULES}


def room_of(name: str) -> str:
    """Return the room of a module: the folder that it is in."""
    return name.split(".")[0]


def used_by(module: Path) -> set[str]:
    """Return the names of the package's modules that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    inside = (name.removeprefix("chuyendoiso.") for name in found if name.startswith("chuyendoiso."))
    return {known for name in inside if (known := next((one for one in _prefixes(name) if one in NAMES), ""))}


def _prefixes(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(len(parts), 0, -1)]


@pytest.mark.parametrize(
    "channel", [folder.name for folder in (PACKAGE / "outputs/channels").iterdir() if (folder / "__init__.py").exists()]
)
def test_a_channel_is_reached_through_its_interface(channel):
    """Its files stand in two folders; the registry names the one, its command the other."""
    own = (f"outputs.channels.{channel}", f"deploy.{channel}")
    users = {name_of(module) for module in MODULES if any(used.startswith(own) for used in used_by(module))}
    assert {name for name in users if not name.startswith(own)} == {
        "outputs.channels",
        f"cli.{channel}_sync",
        f"cli.{channel}_queries",
    }


def test_pytest_and_ruff_leave_no_folder_out(pytestconfig):
    """Both skip folders of some names, `build` among them, unless they are told which."""
    root = PACKAGE.parent
    skipped = pytestconfig.getini("norecursedirs")
    folders = {folder for folder in (root / "tests").rglob("*") if folder.is_dir() and "node_modules" not in folder.parts}
    assert {folder for folder in folders if any(fnmatch(folder.name, pattern) for pattern in skipped)} == set()
    shown = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--show-files", "chuyendoiso"], cwd=root, capture_output=True, text=True, check=True
    )
    assert {Path(line) for line in shown.stdout.splitlines()} == set(MODULES)


def test_every_module_has_a_room():
    assert {name for name in NAMES - {"__init__", ""} if room_of(name) not in ROOMS} == set()


def test_rooms_import_what_is_above_them():
    upward = {
        (name_of(module), used)
        for module in MODULES
        if name_of(module) not in {"__init__", ""}
        for used in used_by(module)
        if ORDER.index(room_of(used)) > ORDER.index(room_of(name_of(module)))
    }
    assert upward == set()


def _feature(name: str) -> str:
    return name.split(".")[1]


def test_features_do_not_import_each_other():
    """But `plan`, channels and content types; the records of kinds of content and the interface of channels are for all of them."""
    outputs = {name_of(module): used_by(module) for module in MODULES if room_of(name_of(module)) == "outputs"}
    across = {
        (name, other)
        for name, used in outputs.items()
        for other in used & outputs.keys()
        if _feature(name) not in {_feature(other), "plan", "channels", "content_types"}
        and _feature(other) != "content_types"
        and other not in {"outputs.channels", "outputs.channels.channel"}
    }
    assert across == set()


def test_kinds_of_content_differ_in_their_records():
    """A kind that is named elsewhere is forgotten there when another comes."""
    named = re.compile(r"\bKind\.[A-Z]+\b")
    homes = {"model/vocabulary.py"}
    found = {module.relative_to(PACKAGE).as_posix() for module in MODULES if named.search(module.read_text("utf-8"))}
    assert {name for name in found - homes if "content_types/" not in name} == set()


def test_no_import_goes_round():
    waiting = {name_of(module): used_by(module) - {name_of(module)} for module in MODULES}
    while ready := {name for name, used in waiting.items() if not used & waiting.keys()}:
        waiting = {name: used for name, used in waiting.items() if name not in ready}
    assert waiting == {}


@pytest.mark.parametrize("library", HOMES)
def test_a_library_has_one_home(library):
    users = set()
    for module in MODULES:
        if any(name == library or name.startswith(f"{library}.") for name in imports(module)):
            relative = module.relative_to(PACKAGE).as_posix()
            homes = (home for home in HOMES[library] if relative == home or relative.startswith(f"{home}/"))
            users.add(next(homes, part_of(module)))
    assert users == HOMES[library]


def test_only_the_composer_sees_the_clock():
    """A lock file says since when it is held; the scheduler compares it with files' times and the next moment."""
    seen = set()
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            called = isinstance(node, ast.Attribute) and node.attr in CLOCKS and isinstance(node.value, ast.Name)
            if called and node.value.id in {"datetime", "date", "time"}:
                seen.add(part_of(module))
    assert seen == {"authoring", "build", "cli", "system"}


def test_safe_is_in_one_macro():
    theme = PACKAGE.parent / "theme"
    users = [
        path.relative_to(theme).as_posix() for path in sorted(theme.rglob("*.html")) if "|safe" in path.read_text().replace(" ", "")
    ]
    assert users == ["components/body/macro.html"]


def test_plugins_are_thin():
    assert [
        module.name for module in (PACKAGE / "build/pelican").glob("*.py") if len(module.read_text("utf-8").splitlines()) > 100
    ] == []


def test_no_name_of_a_place_is_in_code_or_theme():
    root = PACKAGE.parent
    names = ("Nam Định", "Ninh Bình", "Hà Nam", "Cốc Cốc", "chinhphu.vn")
    files = [
        *MODULES,
        root / "tasks.py",
        root / "pelicanconf.py",
        root / "publishconf.py",
        *(root / "theme").rglob("*.html"),
    ]
    invented = PACKAGE / "authoring/demo_content.py"  # illustrative content, with a channel of that name
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


# ── names, docstrings, sizes ────────────────────────────────────────────────────────────────────────────────────────────

PRIVATE_WORDS = {"told", "tell", "standing", "bring", "aside", "apart", "kept", "doubled", "begun"}
LONG_MODULES = {
    "model/items.py": "the values of the catalogue, read together",
    "outputs/pages/views.py": "declarations alone, one class a part of a page",
    "content/markdown/preprocess.py": "one class reads the lines of a body; its state would be handed round",
}
LONG_FUNCTIONS = {
    "content/catalogue.py resolve": "the order of the steps is the point",
    "build/site_plan.py plan_site": "the same",
    "content/markdown/preprocess.py line": "one branch a block of Markdown",
}


def test_a_module_named_in_a_file_is_there():
    root = PACKAGE.parent
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout.decode().split("\0")
    lost = []
    for path in filter(None, listed):
        if path != "CHANGELOG.md" and not path.endswith("package-lock.json"):  # what is gone; files of other packages
            text = (root / path).read_text("utf-8", errors="replace")
            named = re.findall(r"\b(?:chuyendoiso|scripts|editor)/[\w/.-]+\.(?:py|js|sh)\b(?!on)", text)
            lost += [f"{path}: {name}" for name in named if not (root / name).exists()]
    assert not lost


def test_what_make_soak_runs_at_length_is_marked_for_it():
    unmarked = []
    for path in sorted((PACKAGE.parent / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        longer = {"SOAK"}  # and the constants that depend on it
        for node in tree.body:
            if isinstance(node, ast.Assign) and longer & names_in(node.value):
                longer |= set().union(*map(names_in, node.targets))
        for node in tree.body if "pytestmark" not in names_in(tree) else ():
            marks = {word for mark in getattr(node, "decorator_list", ()) for word in re.findall(r"\w+", ast.unparse(mark))}
            if (
                isinstance(node, ast.FunctionDef)
                and node.name.startswith("test_")
                and longer & names_in(node)
                and not marks & {"soak", "long", "given"}
            ):
                unmarked.append(f"{path.name} {node.name}")
    assert unmarked == []


def names_in(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def within(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def definitions(module: Path) -> list[ast.AST]:
    return [node for node in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(node, DOCUMENTED)]


DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)


def test_docstrings_open_within_80_characters():
    """But those of commands, which `invoke --list` shows to people."""
    long = [
        f"{within(module)} {getattr(node, 'name', '')}"
        for module in MODULES
        for node in definitions(module)
        if len((ast.get_docstring(node) or "").partition("\n")[0]) > 80
        and not (room_of(name_of(module)) == "cli" and getattr(node, "decorator_list", None))
    ]
    assert long == []


def test_no_name_means_two_things():
    classes = Counter(
        node.name
        for module in MODULES
        for node in definitions(module)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    files = Counter(module.name for module in MODULES)
    own = {"__init__.py", *(f"{path.stem}.py" for path in (PACKAGE / "model/content_types").glob("*.py"))}
    assert [name for name, count in classes.items() if count > 1] == []
    assert [name for name, count in files.items() if count > 1 and name not in own] == []


def test_no_identifier_has_a_private_word():
    found = set()
    for module in MODULES:
        for token in tokenize.generate_tokens(io.StringIO(module.read_text("utf-8")).readline):
            if token.type == tokenize.NAME and PRIVATE_WORDS & set(token.string.lower().split("_")):
                found.add(f"{within(module)}: {token.string}")
    assert found == set()


def test_modules_and_functions_are_short():
    long = {within(module) for module in MODULES if len(module.read_text("utf-8").splitlines()) > 300}
    assert long == LONG_MODULES.keys()
    functions = {
        f"{within(module)} {node.name}"
        for module in MODULES
        for node in definitions(module)
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 40
    }
    assert functions == LONG_FUNCTIONS.keys()
