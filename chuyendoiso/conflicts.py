"""Problems that only show when files are seen together: paths, attachments and tags that would have one address."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

from chuyendoiso.addresses import is_reserved
from chuyendoiso.checked import Listed
from chuyendoiso.domain.model import File
from chuyendoiso.domain.problems import Problem
from chuyendoiso.domain.vietnamese import slugify, sort_key


def doubled_paths(files: list[Listed]) -> Iterator[Problem]:
    """Find paths that two files claim, as their own or as a former one; letter case does not tell them apart."""
    claimed: dict[str, Listed] = {}
    for one in files:
        first = claimed.setdefault(one.facts.path.casefold(), one)
        if first is not one:
            message = f'Địa chỉ "{one.facts.path}" đã có ở {first.shown}.'
            yield one.problem(("slug",), "doubled-path", message, "đổi tên tệp, hoặc thêm dòng slug: khác.")
    for one in files:
        aliases = one.facts.aliases
        for index, alias in enumerate(aliases):
            if is_reserved(alias):
                message = f'Đường dẫn cũ "{alias}" là của phần có sẵn trên trang.'
                yield one.problem(("aliases", index), "reserved-path", message, "xóa đường dẫn này khỏi aliases.")
                continue
            first = claimed.setdefault(alias.casefold(), one)
            if first is not one or alias.casefold() == one.facts.path.casefold() or alias in aliases[:index]:
                message = f'Đường dẫn cũ "{alias}" đã là địa chỉ của {first.shown}.'
                yield one.problem(("aliases", index), "doubled-path", message, "xóa đường dẫn này khỏi aliases.")


def doubled_files(files: list[Listed], attached: Mapping[str, File]) -> Iterator[Problem]:
    """Find attachments whose names are one once they are written without marks and spaces, as addresses are."""
    if not files:
        return
    folder = files[0].shown.removesuffix(files[0].name)
    claimed: dict[str, File] = {}
    for _, file in sorted(attached.items()):
        first = claimed.setdefault(file.path.casefold(), file)
        if first is not file:
            message = f'Tệp được đăng ở "{file.path}", trùng với tệp {folder}{first.source}.'
            yield Problem(f"{folder}{file.source}", 1, "doubled-path", message, "đổi tên một trong hai tệp.")


def tag_names(files: list[Listed]) -> tuple[dict[str, str], list[Problem]]:
    """Name each tag by its most frequent spelling; two tags that differ by more than letter case may not share a slug."""
    used = Counter(chain.from_iterable(one.facts.tags for one in files))
    spellings: dict[str, list[str]] = defaultdict(list)  # by slug, the first that was met first
    for tag in used:
        spellings[slugify(tag)].append(tag)
    doubled = {tag: found[0] for found in spellings.values() for tag in found if tag.casefold() != found[0].casefold()}
    names = {slug: min(found, key=lambda tag: (-used[tag], sort_key(tag))) for slug, found in sorted(spellings.items())}
    return names, list(_doubled_tags(files, doubled)) if doubled else []


def _doubled_tags(files: list[Listed], doubled: Mapping[str, str]) -> Iterator[Problem]:
    """Tell of each tag that has the slug of another, which `doubled` names and which was met before it."""
    first: dict[str, Listed] = {}
    for one in files:
        for index, tag in enumerate(one.facts.tags):
            first.setdefault(tag, one)
            if other := doubled.get(tag):
                message = f'Từ khóa "{tag}" trùng địa chỉ với "{other}" ở {first[other].shown}.'
                yield one.problem(("tags", index), "doubled-tag", message, f'dùng chung một cách viết, ví dụ "{other}".')
