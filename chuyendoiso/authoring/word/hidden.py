"""Text that its author has hidden, directly or by a style: it is taken out and reported. ECMA-376, part 1, 17.3.2.41 and 17.7.3."""

from collections.abc import Iterator, Mapping

from chuyendoiso.authoring.word.import_report import ImportNote, Sort
from chuyendoiso.authoring.word.ooxml import Element, found, remove, text_of, value, w

_OFF = frozenset({"0", "false", "off"})
_DEPTH = 20  # styles that are based on one another


def take_out_hidden(root: Element, styles: Element | None) -> Iterator[ImportNote]:
    """Take out hidden runs, rows of tables and drawings; yield a note of their words."""
    by_id = {style.get(w("styleId"), ""): style for style in found(styles, "w:style")} if styles is not None else {}
    rows = found(root, "//w:tr[w:trPr/w:hidden]")
    drawings = found(root, '//w:drawing[.//wp:docPr[@hidden="1" or @hidden="true"]]')
    drawings += found(root, '//w:pict[.//*[contains(@style, "visibility:hidden")]]')
    runs = [run for run in found(root, "//w:r") if _is_hidden(run, by_id, styles)]
    words = " ".join("".join(map(text_of, [*rows, *drawings, *runs])).split())
    pictures = len([one for one in drawings if found(one, ".//a:blip | .//v:imagedata")])
    for one in [*rows, *drawings, *runs]:
        remove(one)
    if words:
        yield ImportNote(Sort.DROPPED, f'chữ ẩn trong Word: "{words}".')
    if pictures:
        yield ImportNote(Sort.DROPPED, f"{pictures} ảnh ẩn trong Word.")


def _is_hidden(run: Element, by_id: Mapping[str, Element], styles: Element | None) -> bool:
    """Return whether a run is hidden: what it says itself wins; hidden by both of its styles, it is shown, as Word toggles."""
    if (direct := _vanish(run, "w:rPr/w:vanish")) is not None:
        return direct
    paragraph = next(run.iterancestors(w("p")), None)
    named = value(paragraph, "w:pPr/w:pStyle") if paragraph is not None else None
    of_paragraph = _style_hides(named or _default_style(by_id), by_id)
    of_run = _style_hides(value(run, "w:rPr/w:rStyle"), by_id)
    by_default = styles is not None and bool(_vanish(styles, "w:docDefaults/w:rPrDefault/w:rPr/w:vanish"))
    return by_default or of_paragraph != of_run


def _default_style(by_id: Mapping[str, Element]) -> str | None:
    wanted = (
        id_ for id_, style in by_id.items() if style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true"}
    )
    return next(wanted, None)


def _style_hides(id_: str | None, by_id: Mapping[str, Element]) -> bool:
    """Return what a style says, or the nearest one that it is based on."""
    for _ in range(_DEPTH):
        if id_ is None or id_ not in by_id:
            return False
        if (own := _vanish(by_id[id_], "w:rPr/w:vanish")) is not None:
            return own
        id_ = value(by_id[id_], "w:basedOn")
    return False


def _vanish(element: Element, path: str) -> bool | None:
    """Return whether an element hides its text; None if it says nothing."""
    said = value(element, path)
    return None if said is None else said not in _OFF
