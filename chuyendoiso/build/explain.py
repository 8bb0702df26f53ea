"""Explain why files were rebuilt: which file, setting or template changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from chuyendoiso.content.catalogue import CachedItem
from chuyendoiso.model.items import Item, Page
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Folder, HashedValue, Planned, StaticFile

MAX_LISTED = 10  # paths a reason
# Attributes that are no front matter fields, in Vietnamese
_NAMES = {"body": "thân bài", "state": "trạng thái", "path": "địa chỉ", "id": "mã", "origin": "source", "validity": "hiệu lực"}
_GLOBAL_REASONS = {
    "code": "mã nguồn của trang hoặc thư viện đổi",
    "site": "site.yml đổi",
    "theme": "giao diện (theme/) đổi",
    "preview": "đổi giữa bản xem trước và bản thường",
    "moment": "đã qua một thời điểm mà nội dung nêu",
}


def describe_changes(before: Mapping[str, CachedItem], now: Mapping[str, CachedItem]) -> dict[str, str]:
    """Describe the change of each changed content file, in Vietnamese, by name."""
    texts = dict.fromkeys(now.keys() - before.keys(), "mới có") | dict.fromkeys(before.keys() - now.keys(), "không còn")
    for name in now.keys() & before.keys():
        old, new = before[name], now[name]
        if old.value is not new.value and (names := list(_changed_fields(old.value, new.value))):
            edited = (old.key or ())[:1] != (new.key or ())[:1]
            texts[name] = f"{'đổi' if edited else 'không sửa, nhưng thời điểm hoặc mục liên quan làm đổi'} {', '.join(names)}"
    return texts


def _changed_fields(old: Item | Page, new: Item | Page) -> Iterator[str]:
    if type(old) is not type(new):
        yield "loại"
        return
    for field in fields(old):
        if field.name != "digest" and getattr(old, field.name) != getattr(new, field.name):
            yield _NAMES.get(field.name, field.name)


def explain(
    planned: Iterable[Planned],
    rebuilt: Mapping[str, str],
    before: Mapping[str, str],
    now: Mapping[str, str],
    changed: Mapping[str, str],
    root: str,
) -> Iterator[str]:
    """Yield the lines of a report on rebuilt files, grouped by reason.

    `rebuilt` maps paths to reasons, "" if the inputs changed. `before` and `now` are the last and the new `SitePlan.input_digests`.
    `changed` maps content files to their changes. `root` is the name of the content folder.
    """
    global_changes = [key for key in _GLOBAL_REASONS if before and before.get(key) != now.get(key)]
    reasons: dict[str, list[str]] = defaultdict(list)
    for target in planned:
        if target.path in rebuilt:
            reason = rebuilt[target.path] or _reason(target, global_changes, changed, root)
            reasons[reason].append(target.path)
    yield f"Vì sao tạo lại {len(rebuilt)} tệp:" if rebuilt else "Không tệp nào phải tạo lại."
    for reason, paths in sorted(reasons.items(), key=lambda row: (-len(row[1]), row[0])):
        more = f" … và {len(paths) - MAX_LISTED} tệp nữa" if len(paths) > MAX_LISTED else ""
        yield f"- {reason}: {len(paths)} tệp"
        yield f"    {', '.join(paths[:MAX_LISTED])}{more}"


def _reason(target: Planned, global_changes: list[str], changed: Mapping[str, str], root: str) -> str:
    if isinstance(target, StaticFile):
        return "tệp đính kèm đổi"
    values = list(_values(target.inputs))
    sources = dict.fromkeys(value.source for value in values if isinstance(value, Item | Page) and value.source in changed)
    if target.origin in changed:
        sources[target.origin] = None
    if sources:
        return "; ".join(f"{root}/{name} {changed[name]}" for name in sorted(sources))
    applies = {
        "code": True,
        "site": any(isinstance(value, Site) for value in values),
        "theme": any(isinstance(value, Folder | HashedValue) for value in values),
        "preview": True,
        "moment": not changed,
    }
    reasons = [_GLOBAL_REASONS[key] for key in global_changes if applies[key]]
    if reasons:
        return "; ".join(reasons)
    listed = ", ".join(f"{root}/{name}" for name in sorted(changed)[:3])
    if listed and target.depends_on and not target.bodies:
        return f"kể lại tệp khác đã đổi ({listed}{', …' if len(changed) > 3 else ''})"
    return f"nhắc tới mục khác đã đổi, thêm hoặc bớt ({listed}{', …' if len(changed) > 3 else ''})" if listed else "dữ liệu vào đổi"


def _values(inputs: Any) -> Iterator[Any]:
    """Yield a value and the values inside it; do not enter items, pages and the site."""
    yield inputs
    if isinstance(inputs, tuple):
        for value in inputs:
            yield from _values(value)
    elif is_dataclass(inputs) and not isinstance(inputs, type) and not isinstance(inputs, Item | Page | Site | HashedValue):
        for field in fields(inputs):
            yield from _values(getattr(inputs, field.name))


def rebuilt_files(
    planned: Iterable[Planned], last: Mapping[str, str], intact: Mapping[str, str], now: Mapping[str, str]
) -> dict[str, str]:
    """Return the paths of rebuilt files, with a reason unless their inputs changed.

    `last` and `now` map the paths of the last and the new release to their fingerprints; `intact` has the intact files of the last.
    """
    rebuilt = {}
    for target in planned:
        path = target.path
        if intact.get(path) != now[path]:
            rebuilt[path] = "địa chỉ mới" if path not in last else "" if path in intact else "tệp đã đăng bị mất hoặc bị sửa"
    return rebuilt
