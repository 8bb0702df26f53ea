"""Remove and report hidden text.

How Word hides text: ECMA-376, part 1, 17.3.2.41 and 17.7.3.
"""

from collections.abc import Iterator, Mapping

from chuyendoiso.authoring.word.import_report import ImportNote, NoteKind
from chuyendoiso.authoring.word.ooxml import Element, find_all, remove, style_chain, styles_by_id, text_of, value, w


def remove_hidden(root: Element, styles: Element | None) -> Iterator[ImportNote]:
    """Remove hidden runs, table rows and drawings; yield a note with their words."""
    by_id = styles_by_id(styles)
    by_default = styles is not None and bool(_vanish(styles, "w:docDefaults/w:rPrDefault/w:rPr/w:vanish"))
    rows = find_all(root, "//w:tr[w:trPr/w:hidden]")
    drawings = find_all(root, '//w:drawing[.//wp:docPr[@hidden="1" or @hidden="true"]]')
    drawings += find_all(root, '//w:pict[.//*[contains(@style, "visibility:hidden")]]')
    hidden = [*rows, *drawings, *(run for run in find_all(root, "//w:r") if _is_hidden(run, by_id, by_default))]
    words = " ".join("".join(map(text_of, hidden)).split())
    pictures = sum(bool(find_all(drawing, ".//a:blip | .//v:imagedata")) for drawing in drawings)
    for element in hidden:
        remove(element)
    if words:
        yield ImportNote(NoteKind.DROPPED, f'chữ ẩn trong Word: "{words}".')
    if pictures:
        yield ImportNote(NoteKind.DROPPED, f"{pictures} ảnh ẩn trong Word.")


def _is_hidden(run: Element, by_id: Mapping[str, Element], by_default: bool) -> bool:
    """Return whether a run is hidden.

    Its own property wins. If both its styles hide it, it is visible: Word toggles.
    """
    if (direct := _vanish(run, "w:rPr/w:vanish")) is not None:
        return direct
    paragraph = next(run.iterancestors(w("p")), None)
    paragraph_style = value(paragraph, "w:pPr/w:pStyle") if paragraph is not None else None
    run_style = value(run, "w:rPr/w:rStyle")
    return by_default or _style_hides(paragraph_style or _default_style(by_id), by_id) != _style_hides(run_style, by_id)


def _default_style(by_id: Mapping[str, Element]) -> str | None:
    paragraph_styles = (id_ for id_, style in by_id.items() if style.get(w("type")) == "paragraph")
    return next((id_ for id_ in paragraph_styles if by_id[id_].get(w("default")) in {"1", "true"}), None)


def _style_hides(id_: str | None, by_id: Mapping[str, Element]) -> bool:
    marks = (_vanish(style, "w:rPr/w:vanish") for style in style_chain(id_, by_id))
    return next((mark for mark in marks if mark is not None), False)


def _vanish(element: Element, path: str) -> bool | None:
    """Return whether an element hides its text; None if it does not say."""
    mark = value(element, path)
    return None if mark is None else mark not in {"0", "false", "off"}
