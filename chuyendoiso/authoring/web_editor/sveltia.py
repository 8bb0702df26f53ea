"""Sveltia CMS from its npm files, without requests to another host.

The package is for bundlers. Here each import that it leaves to them is the address of a file, and what it would load from elsewhere is
an address that nothing answers. Each replacement is of the pinned version (`editor/package.json`); a test holds that all apply.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from chuyendoiso.system.errors import WrongUse

_NOT_SET_UP = "Trang biên tập chưa được cài. Cách sửa: gõ make editor, lệnh này tự cài những gì cần."
# What the bundle imports, and the file that is it. Nothing else of its dependencies is used by this site's forms.
_IMPORTS = {
    "immutable": "immutable/dist/immutable.es.js",
    "exifr/dist/lite.esm.mjs": "exifr/dist/lite.esm.mjs",
    "turndown/lib/turndown.browser.es.js": "turndown/lib/turndown.browser.es.js",
}
# Its own typefaces have no Vietnamese letters, so text is in the system's; the icons are a font of the package.
_TEXT_FONTS = re.compile(r"""(["'])(?:Source Sans 3|Noto Mono)\1, """)
_FONT_FILES = re.compile(r"https://cdn\.jsdelivr\.net/fontsource/fonts/([a-z0-9-]+)[:@][^)\s]*\.woff2")
_ELSEWHERE = re.compile(r"https?://(?:unpkg\.com|[\w.-]*githubstatus\.com|\{s\}\.tile\.openstreetmap\.org)")
_LOCALE = "../locales/vi.json"
_REVERT = "Bỏ phần chưa lưu và trở lại bản đã lưu? Chữ đã bỏ không lấy lại được."
_DISCARD = "Xóa hẳn phần chưa lưu ấy, kể cả khi nó đang mở ở thẻ khác? Bấm Hủy thì phần ấy còn, lần mở bài sau trang lại hỏi."
_CHANGES = (
    # the page can be made larger
    (re.compile("`maximum-scale=1`,"), ""),
    # a backup of unsaved text is offered even if the configuration has changed since
    (re.compile(r"(\w+)\.cmsConfigVersion===\w+\.current\?"), r"\1?"),
    # it is made at once, not half a second later
    (re.compile(r"(globalThis\.setTimeout\(\(\)=>\{\w+\(e\)\}),500\)"), r"\1,50)"),
    # a draft is saved in any state; what is required is asked for when it is to be published
    (re.compile(r"(!\w+\(\{draft:e,enforceRequired:\w+\(e\)\}\)\)throw)"), r"e.currentValues._default?.status!==`draft`&&\1"),
    # who saves by a key goes on typing
    (re.compile(r"\(e\.focus\(\),e\.click\(\)\)"), "e.click()"),
    # unsaved text is not thrown away without a question
    (
        re.compile(r"(\w+=\(\{draft:\w+,locale:\w+=``,keyPath:\w+=``\}\)=>\{)(?=let\{collection:)"),
        r"\1if(!confirm(`" + _REVERT + "`))return;",
    ),
    (
        re.compile(r"(get cancelLabel\(\)\{return R\(n\)\},onOk:\(\)=>\{R\(i\)\?\.\(!0\)\},onCancel:\(\)=>\{R\(i\)\?\.\()!1\)"),
        r"\1confirm(`" + _DISCARD + "`)?!1:void 0)",
    ),
    # a save waits for the pictures of fields, which are being made small
    (re.compile(r"(\w+=)(e=>\{let t=\(\)=>\{\w+\.delete\(e\)\};\w+\.add\(e\),e\.then\(t,t\)\})"), r"\1globalThis.trackUpdate=\2"),
    (
        re.compile(r"(let i=await )(\w+\(\{draft:n,resources:e,folder:R\(\w+\),libraryConfig:R\(\w+\)\}\))"),
        r"\1(e=>(trackUpdate(e),e))(\2)",
    ),
    # a copy of an item is a draft, with an address of its own
    (
        re.compile(r"(\(\[e,t\]\)=>\{)(delete t\[\w+\],\w+\(t,\w+\),\w+&&delete t\[\w+\];)"),
        r"\1t.status&&(t.status=`draft`),delete t.slug,delete t.withdrawn_reason,\2",
    ),
    # items that name a renamed file stay the same items
    (re.compile(r"(createdAt:Date\.now\(\),isNew:!1,canPreview:!0,originalEntry:(\w+),)"), r"\1id:\2.id,"),
    # a deletion changes no item: the server refuses it while items name the file
    (
        re.compile(
            r"(=async e=>\{let t=new Set\(await \w+\(e\)\),n=)\(await Promise\.all\(\[\.\.\.t\]\.map\(e=>\w+\(e\)\)\)\)\.flat\(\)"
        ),
        r"\1[]",
    ),
    # a body names pictures and files: the library lists them, and renames them there, too
    (
        re.compile(r"\[`richtext`,`markdown`\](\.includes\(\w+\)\)\{let \w+=\[\.\.\.\w+\.matchAll\()\w+\)"),
        r'[`body`]\1/[\\]][(]<?([^()<>"\\n]+?)>?(?: "[^"\\n]*")?[)]/g)',
    ),
)
_SUFFIXES = {".js", ".mjs", ".woff2", ".wasm", ".png"}


@dataclass(frozen=True)
class SveltiaFiles:
    """The files of the npm packages, and this project's own words."""

    packages: Path  # node_modules
    words: Path  # vi.json

    @property
    def root(self) -> Path:
        """Return the folder of Sveltia's package. Raise WrongUse if it is missing."""
        root = self.packages / "@sveltia/cms"
        if not (root / "npm/index.js").is_file():
            raise WrongUse(_NOT_SET_UP)
        return root

    def read(self, name: str) -> bytes | None:
        """Return a file by its name below `sveltia/`; None if there is none."""
        if name == "npm/index.js":
            return self.script.encode()
        if name == "locales/vi.js":
            return f"export default {json.dumps(self.locale(), ensure_ascii=False)};".encode()
        path = self._paths.get(name)
        return path.read_bytes() if path else None

    def names(self) -> Iterator[str]:
        """Yield the names of all files."""
        yield from ("npm/index.js", "locales/vi.js")
        yield from self._paths

    @cached_property
    def script(self) -> str:
        """Return the bundle with its imports resolved."""
        text = (self.root / "npm/index.js").read_text("utf-8")
        for name, file in _IMPORTS.items():
            text = text.replace(f"import(`{name}`)", f"import(`../packages/{file}`)")
        text = text.replace(f"import(`{_LOCALE}`)", "import(`../locales/vi.js`)")
        for pattern, replacement in _CHANGES:
            text, count = pattern.subn(replacement, text)
            if count != 1:
                raise WrongUse(_NOT_SET_UP)
        text = _FONT_FILES.sub(lambda match: f"sveltia/{self._font(match[1])}", _TEXT_FONTS.sub("", text))
        return _ELSEWHERE.sub("/khong-co", re.sub(r"\n//# sourceMappingURL=.*", "", text))

    def _font(self, family: str) -> str:
        """Return the package's file of a font, which the page names from its own address."""
        return next(name for name in self._paths if name.startswith(f"npm/assets/{family}-") and name.endswith(".woff2"))

    def locale(self) -> dict[str, Any]:
        """Return the Vietnamese words: the package's, with ours in their place."""
        theirs = json.loads((self.root / "locales/vi.json").read_text("utf-8"))
        return _merged(theirs, json.loads(self.words.read_text("utf-8")))

    @cached_property
    def _paths(self) -> dict[str, Path]:
        own = {
            path.relative_to(self.root).as_posix(): path
            for folder in ("npm/assets", "npm/chunks")
            for path in sorted((self.root / folder).iterdir())
            if path.suffix in _SUFFIXES
        }
        return own | {f"packages/{file}": self.packages / file for file in _IMPORTS.values()}


def _merged(theirs: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    both = {
        name: _merged(theirs[name], value)
        for name, value in ours.items()
        if isinstance(value, dict) and isinstance(theirs.get(name), dict)
    }
    return {**theirs, **ours, **both}
