"""The body that a letterhead names → one of site.yml's, however it is written: in capitals, in two lines, as `UBND`. Pure."""

import re
from collections.abc import Sequence
from datetime import date

from chuyendoiso.authoring.word.casing import body_case
from chuyendoiso.model.site import Issuer, Site
from chuyendoiso.model.suggestions import nearest
from chuyendoiso.model.vietnamese import fold, slugify

_SHORT = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "ubmttq": "uy ban mat tran to quoc",
    "tp": "thanh pho",
    "tt": "thi tran",
    "bch": "ban chap hanh",
}
_PLACES = ("xa ", "phuong ", "tinh ", "huyen ", "quan ", "thanh pho ", "thi xa ", "thi tran ")


def find_issuer(bodies: Sequence[str], site: Site, day: date | None) -> Issuer | None:
    """Return the issuer that a letterhead's lines name, one that was there on that day first."""
    by_name: dict[str, list[Issuer]] = {}
    for issuer in site.issuers:
        by_name.setdefault(plain(issuer.name), []).append(issuer)
    for first in range(len(bodies)):  # all lines as one name, then their ends: the higher body stands above
        if found := by_name.get(plain(" ".join(bodies[first:]))):
            return next((one for one in found if day and _was_there(one, day)), found[0])
    return None


def _was_there(issuer: Issuer, day: date) -> bool:
    return (issuer.since is None or issuer.since <= day) and (issuer.until is None or day <= issuer.until)


def plain(name: str) -> str:
    """Return a body's name as names are compared: without marks and case, abbreviations in full."""
    words = re.findall(r"[a-z0-9]+", fold(name))
    return " ".join(_SHORT.get(word, word) for word in words)


def bodies_named(bodies: Sequence[str]) -> str:
    """Return a letterhead's issuing body as it is written in a text: its last line, with the one above where that is a place alone."""
    if not bodies:
        return ""
    alone = plain(bodies[-1]).startswith(_PLACES) and len(bodies) > 1
    return body_case(" ".join(bodies[-2:] if alone else bodies[-1:]))


def issuer_remark(bodies: Sequence[str], site: Site) -> str:
    """Return what to do where site.yml does not know the body."""
    ids = ", ".join(one.id for one in site.issuers)
    if not bodies:
        return f"không thấy cơ quan ban hành; ghi một id trong mục issuers của site.yml: {ids}."
    name = bodies_named(bodies)
    close = nearest(name, [one.name for one in site.issuers])
    meant = next((f" Có phải là {one.id} ({one.name})?" for one in site.issuers if one.name == close), "")
    return f'văn bản ghi "{name}", chưa có trong mục issuers của site.yml; thêm vào đó với id {slugify(name)}, rồi ghi id ấy ở đây.{meant}'
