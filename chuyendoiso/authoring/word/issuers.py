"""Match the body in a letterhead with an issuer of site.yml.

Capitals, line breaks and abbreviations do not matter.
"""

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
    """Return the issuer in a letterhead's lines, preferably active on that day."""
    by_name: dict[str, list[Issuer]] = {}
    for issuer in site.issuers:
        by_name.setdefault(_normalized(issuer.name), []).append(issuer)
    for first in range(len(bodies)):  # the higher body is above: try all lines as a name, then fewer
        if issuers := by_name.get(_normalized(" ".join(bodies[first:]))):
            return next((issuer for issuer in issuers if day and _existed(issuer, day)), issuers[0])
    return None


def _existed(issuer: Issuer, day: date) -> bool:
    return (issuer.since or day) <= day <= (issuer.until or day)


def _normalized(name: str) -> str:
    """Return a body's name for comparison: no accents, no abbreviations."""
    return " ".join(_SHORT.get(word, word) for word in re.findall(r"[a-z0-9]+", fold(name)))


def body_name(bodies: Sequence[str]) -> str:
    """Return the body's name for running text.

    It is the last line, with the line above if the last is only a place.
    """
    is_place = bool(bodies) and _normalized(bodies[-1]).startswith(_PLACES)
    return body_case(" ".join(bodies[-2:] if is_place else bodies[-1:]))


def issuer_remark(bodies: Sequence[str], site: Site) -> str:
    """Return the remark for an issuer that is not in site.yml."""
    if not bodies:
        ids = ", ".join(issuer.id for issuer in site.issuers)
        return f"không thấy cơ quan ban hành; ghi một id trong mục issuers của site.yml: {ids}."
    name = body_name(bodies)
    close = nearest(name, [issuer.name for issuer in site.issuers])
    hint = next((f" Có phải là {issuer.id} ({issuer.name})?" for issuer in site.issuers if issuer.name == close), "")
    return f'văn bản ghi "{name}", chưa có trong mục issuers của site.yml; thêm vào đó với id {slugify(name)}, rồi ghi id ấy ở đây.{hint}'
