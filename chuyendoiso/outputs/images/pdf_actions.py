"""Find actions of a PDF by qpdf: JavaScript, launching programs, opening files.

ISO 32000-1, 12.6.3: the document's open action and additional actions, those of its pages, and of annotations as their page opens.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

# ISO 32000-1, table 198: actions that do more than turn a page → their words in a message
_ACTIONS = {
    "/JavaScript": "chạy mã JavaScript",
    "/Launch": "mở chương trình khác",
    "/GoToR": "mở tệp khác",
    "/GoToE": "mở tệp đính bên trong",
    "/Thread": "mở tệp khác",
    "/Chain": "chạy một chuỗi lệnh dài bất thường",
    "/URI": "mở trang web",
    "/SubmitForm": "gửi dữ liệu đi nơi khác",
    "/ImportData": "nạp dữ liệu từ tệp khác",
}
_OF_DOCUMENT = ("/WC", "/WS", "/DS", "/WP", "/DP")
_OF_PAGE = ("/O", "/C")
_OF_ANNOTATION = ("/PO", "/PC", "/PV", "/PI")
_CHAIN = 1000  # consecutive actions: no real document has more
_SCRIPT = re.compile(rb"<(?:[\w.-]+:)?script[\s>/]")


class LockedPdf(Exception):
    """The file asks for a password."""


class EmptyPdf(Exception):
    """The file has no page."""


class DamagedPdf(Exception):
    """The file's objects cannot be read."""


def find_action(path: Path) -> str | None:
    """Return a PDF's automatic action, in Vietnamese after "tự"; None if it has none.

    Raises LockedPdf, EmptyPdf and DamagedPdf.
    """
    try:
        with pikepdf.open(path) as document:
            if not len(document.pages):
                raise EmptyPdf
            return next((_ACTIONS[kind] for kind in _kinds(document) if kind in _ACTIONS), None)
    except pikepdf.PasswordError:
        raise LockedPdf from None
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, LookupError, RuntimeError, RecursionError) as error:
        raise DamagedPdf from error


def _kinds(document: Any) -> Iterator[str]:
    """Yield the kinds of all actions that run by themselves."""
    root = document.Root
    yield from _chain(root.get("/OpenAction"))
    yield from _additional(root, _OF_DOCUMENT)
    if _has_entries(_dictionary(root.get("/Names")).get("/JavaScript")):
        yield "/JavaScript"
    if "/Collection" in root:  # a portfolio shows the files in it
        yield "/GoToE"
    if _has_form_script(_dictionary(root.get("/AcroForm")).get("/XFA")):
        yield "/JavaScript"
    for page in document.pages:
        yield from _additional(page.obj, _OF_PAGE)
        for annotation in page.obj.get("/Annots", ()):
            yield from _additional(annotation, _OF_ANNOTATION)


def _additional(holder: Any, triggers: tuple[str, ...]) -> Iterator[str]:
    actions = _dictionary(_dictionary(holder).get("/AA"))
    for trigger in triggers:
        yield from _chain(actions.get(trigger))


def _chain(action: Any) -> Iterator[str]:
    """Yield the kinds of an action and of its successors; a destination has none."""
    waiting = [action]
    for _ in range(_CHAIN):
        if not waiting:
            return
        entries = _dictionary(waiting.pop())
        kind = str(entries.get("/S", ""))
        if _has_script(entries.get("/JS")):  # of a rendition, too
            yield "/JavaScript"
        elif kind != "/JavaScript" and (kind != "/Thread" or "/F" in entries):
            yield kind
        following = entries.get("/Next")
        waiting += list(following) if _is_array(following) else [following] if following is not None else []
    yield "/Chain"


def _has_form_script(form: Any) -> bool:
    """Return whether a form of XML has a script (XFA 3.3, part 1, 10)."""
    parts = form if _is_array(form) else [form]
    markup = b"".join(part.read_bytes() for part in parts if isinstance(part, pikepdf.Stream))
    return bool(_SCRIPT.search(markup) or _SCRIPT.search(markup.replace(b"\0", b"")))  # in UTF-16, too


def _has_script(code: Any) -> bool:
    return bool(code.read_bytes() if isinstance(code, pikepdf.Stream) else code is not None and str(code))


def _has_entries(tree: Any) -> bool:
    """Return whether a name tree has a name (ISO 32000-1, 7.9.6)."""
    names, kids = (_dictionary(tree).get(key) for key in ("/Names", "/Kids"))
    return bool(_is_array(names) and len(names)) or (_is_array(kids) and any(map(_has_entries, kids)))


def _dictionary(value: Any) -> Any:
    return value if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) else {}


def _is_array(value: Any) -> bool:
    return isinstance(value, pikepdf.Array)
