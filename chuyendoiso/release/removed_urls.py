"""Find addresses of the last published release that the next one lacks.

Readers have links to them. Each problem names the line to add. Empty lists (a tag, a month)
and attachments are only warnings: no line can restore them.
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import PAGE
from chuyendoiso.model.media_types import ATTACHMENT_TYPES
from chuyendoiso.model.problems import Problem, Severity
from chuyendoiso.outputs.channels import CHANNELS
from chuyendoiso.release.manifest import FileRecord

LineOf = Callable[[tuple[str | int, ...]], int]
# A topic's list and an audience's are there as long as it is in site.yml, be they empty: address → the list in site.yml
_SETTINGS = {"chu-de/": ("topics", "slug", "Chủ đề"), "tap-huan/doi-tuong/": ("audiences", "id", "Đối tượng")}
# A channel's files of an item, which exist as long as it is among the newest
_SENT = tuple(urls.channel_items(channel.id).removeprefix("/") for channel in CHANNELS)
_OLDER_PAGE = re.compile(r"trang-\d+/index\.html\Z")  # `model.urls.older_page`


@dataclass(frozen=True, slots=True)
class _Search:
    """The last published files, the origin of each planned path, the content files."""

    now: Mapping[str, str]
    rejected: frozenset[str]
    lines: Mapping[str, LineOf]  # by name of content file
    root: str
    severity: Severity

    def problem(self, name: str, line: int, message: str, remedy: str, severity: Severity | None = None) -> Problem:
        return Problem(f"{self.root}/{name}", line, "lost-address", message, remedy, severity or self.severity)


def removed_urls(
    before: Mapping[str, FileRecord],
    now: Mapping[str, str],
    rejected: frozenset[str],
    lines: Mapping[str, LineOf],
    root: str,
    *,
    publishing: bool,
) -> Iterator[Problem]:
    """Find removed addresses.

    `now` maps planned paths to origins, `lines` files to their lines.
    """
    search = _Search(now, rejected, lines, root, Severity.ERROR if publishing else Severity.WARNING)
    reported = set()
    for path in sorted(before.keys() - now.keys()):
        problem = _problem(search, path, before[path].origin)
        if problem and problem not in reported:
            reported.add(problem)
            yield problem


def _problem(search: _Search, path: str, origin: str) -> Problem | None:
    if origin in search.rejected or path.startswith(_SENT):
        return None
    if path.lower().endswith(urls.PAGE_ENDINGS) and origin.endswith(".md"):
        return _lost_item(search, f"/{path.removesuffix('index.html')}", origin)
    if path.endswith(".html") or path.startswith("feeds/"):
        for head, (group, key, label) in _SETTINGS.items():
            listed = path.removeprefix("feeds/")
            slug = listed.removeprefix(head).partition("/")[0]
            if listed.startswith(head) and f"{head}{slug}/index.html" not in search.now:
                message = f'{label} "{slug}" đã đăng nhưng không còn trong {group}: trang và nguồn tin của mục này mất địa chỉ.'
                return search.problem("site.yml", 1, message, f"thêm lại dòng - {{{key}: {slug}, name: …}} vào {group}.")
        if f"{_OLDER_PAGE.sub('', path)}index.html" in search.now:  # the list is shorter, and its pages moved up
            return None
        message = f'Địa chỉ "/{path.removesuffix("index.html")}" đã đăng, nay không còn mục nào ở đó nên không có trang.'
        return search.problem("site.yml", 1, message, "không cần làm gì nếu đúng ý.", Severity.WARNING)
    if posixpath.splitext(path)[1] in ATTACHMENT_TYPES:
        message = f'Tệp "/{path}" đã đăng, nay không còn bài nào dùng nên không có trên trang.'
        return search.problem(origin, 1, message, "nếu tệp đổi tên, giữ cả tệp cũ và ghi nó vào bài.", Severity.WARNING)
    return None


def _lost_item(search: _Search, address: str, name: str) -> Problem:
    line, is_page = search.lines.get(name), name.partition("/")[0] == PAGE.kind
    message = f'Địa chỉ "{address}" đã đăng nhưng không còn trên trang.'
    if line is None:
        alias = "" if is_page else f", hoặc thêm dòng aliases: [{address}] vào bài thay thế"
        return search.problem(name, 1, message, f"đưa tệp trở lại với dòng status: withdrawn và dòng withdrawn_reason:{alias}.")
    if name not in search.now.values():
        remedy = "ghi status: withdrawn và withdrawn_reason: để trang nói rõ bài đã gỡ, thay vì để nháp hoặc hẹn giờ."
        return search.problem(name, line(("status",)), message, remedy)
    if is_page:
        return search.problem(name, line(("slug",)), message, f"giữ địa chỉ cũ: slug: {address.strip('/')}.")
    if line(("aliases",)) > line(()):
        return search.problem(name, line(("aliases",)), message, f"thêm {address} vào cuối danh sách aliases.")
    return search.problem(name, line(("slug",)), message, f"thêm dòng aliases: [{address}]")
