"""Explain why a build made files again: which file, setting or template changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from chuyendoiso.content.catalogue import CachedItem
from chuyendoiso.model.items import Item, Page
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Folder, HashedValue, Planned, StaticFile

SHOWN = 10  # addresses of one reason that are listed
# Vietnamese names of attributes that are no fields of editors
_NAMES = {"body": "thân bài", "state": "trạng thái", "path": "địa chỉ", "id": "mã", "origin": "source", "validity": "hiệu lực"}
_EVERYWHERE = {
    "code": "mã nguồn của trang hoặc thư viện đổi",
    "site": "site.yml đổi",
    "theme": "giao diện (theme/) đổi",
    "preview": "đổi giữa bản xem trước và bản thường",
    "moment": "đã qua một thời điểm mà nội dung nêu",
}


def changes(before: Mapping[str, CachedItem], now: Mapping[str, CachedItem]) -> dict[str, str]:
    """Return the change of each content file in words, by name."""
    texts = dict.fromkeys(now.keys() - before.keys(), "mới có") | dict.fromkeys(before.keys() - now.keys(), "không còn")
    for name in now.keys() & before.keys():
        old, new = before[name], now[name]
        if old.value is not new.value and (different := list(_different(old.value, new.value))):
            edited = (old.key or ())[:1] != (new.key or ())[:1]
            texts[name] = f"{'đổi' if edited else 'không sửa, nhưng thời điểm hoặc mục liên quan làm đổi'} {', '.join(different)}"
    return texts


def _different(old: Item | Page, new: Item | Page) -> Iterator[str]:
    if type(old) is not type(new):
        yield "loại"
        return
    for field in fields(old):
        if field.name != "digest" and getattr(old, field.name) != getattr(new, field.name):
            yield _NAMES.get(field.name, field.name)


def explain(
    planned: Iterable[Planned],
    redone: Mapping[str, str],
    before: Mapping[str, str],
    now: Mapping[str, str],
    changed: Mapping[str, str],
    root: str,
) -> Iterator[str]:
    """Yield the lines that explain why files were made again.

    `redone` maps their paths to why the last release's file could not serve ("" if its inputs changed), `before` and `now` the digests of all that
    builds depend on, `changed` each changed content file to its change; `root` is the content folder's name.
    """
    everywhere = [key for key in _EVERYWHERE if before and before.get(key) != now.get(key)]
    reasons: dict[str, list[str]] = defaultdict(list)
    for target in planned:
        if target.path in redone:
            reason = redone[target.path] or _reason(target, everywhere, changed, root)
            reasons[reason].append(target.path)
    yield f"Vì sao tạo lại {len(redone)} tệp:" if redone else "Không tệp nào phải tạo lại."
    for reason, paths in sorted(reasons.items(), key=lambda row: (-len(row[1]), row[0])):
        more = f" … và {len(paths) - SHOWN} tệp nữa" if len(paths) > SHOWN else ""
        yield f"- {reason}: {len(paths)} tệp"
        yield f"    {', '.join(paths[:SHOWN])}{more}"


def _reason(target: Planned, everywhere: list[str], changed: Mapping[str, str], root: str) -> str:
    if isinstance(target, StaticFile):
        return "tệp đính kèm đổi"
    values = list(_values(target.inputs))
    sources = dict.fromkeys(value.source for value in values if isinstance(value, Item | Page) and value.source in changed)
    if target.origin in changed:
        sources[target.origin] = None
    if sources:
        return "; ".join(f"{root}/{name} {changed[name]}" for name in sorted(sources))
    possible = {
        "code": True,
        "site": any(isinstance(value, Site) for value in values),
        "theme": any(isinstance(value, Folder | HashedValue) for value in values),
        "preview": True,
        "moment": not changed,
    }
    reasons = [_EVERYWHERE[key] for key in everywhere if possible[key]]
    if reasons:
        return "; ".join(reasons)
    named = ", ".join(f"{root}/{name}" for name in sorted(changed)[:3])
    if named and target.depends_on and not target.bodies:
        return f"kể lại tệp khác đã đổi ({named}{', …' if len(changed) > 3 else ''})"
    return f"nhắc tới mục khác đã đổi, thêm hoặc bớt ({named}{', …' if len(changed) > 3 else ''})" if named else "dữ liệu vào đổi"


def _values(inputs: Any) -> Iterator[Any]:
    """Yield a value and all that it holds, but for values that all pages share."""
    yield inputs
    if isinstance(inputs, tuple):
        for value in inputs:
            yield from _values(value)
    elif is_dataclass(inputs) and not isinstance(inputs, type) and not isinstance(inputs, Item | Page | Site | HashedValue):
        for field in fields(inputs):
            yield from _values(getattr(inputs, field.name))


def redone_of(
    planned: Iterable[Planned], last: Mapping[str, str], intact: Mapping[str, str], now: Mapping[str, str]
) -> dict[str, str]:
    """Return the paths that were made again, with a reason if it is not their inputs.

    `last` maps the last release's paths to their fingerprints, `now` the new ones; `intact` has the files that are intact.
    """
    redone = {}
    for target in planned:
        path = target.path
        if intact.get(path) != now[path]:
            redone[path] = "địa chỉ mới" if path not in last else "" if path in intact else "tệp đã đăng bị mất hoặc bị sửa"
    return redone
