"""Find addresses of the last published release that the next one does not have.

Readers have links to them. Each problem names the line to add. Empty lists (a tag, a month) and attachments are only
warnings: no line can restore them.
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
# Each topic and audience of site.yml has a list, even an empty one: path → field, key and label of site.yml
_SITE_LISTS = {"chu-de/": ("topics", "slug", "Chủ đề"), "tap-huan/doi-tuong/": ("audiences", "id", "Đối tượng")}
# A channel has files only of the newest items
_CHANNEL_FILES = tuple(urls.channel_items(channel.id).removeprefix("/") for channel in CHANNELS)
_OLDER_PAGE = re.compile(r"trang-\d+/index\.html\Z")  # `model.urls.older_page`


@dataclass(frozen=True, slots=True)
class _Context:
    """The planned paths, the content files, and how to report a removed address."""

    now: Mapping[str, str]  # path → origin
    rejected: frozenset[str]  # content files with errors
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
    """Yield a problem for each removed address, without duplicates.

    `now` maps planned paths to origins, `lines` content files to the lines of their fields. `root` is the content folder's name.
    Problems are errors when publishing, else warnings.
    """
    context = _Context(now, rejected, lines, root, Severity.ERROR if publishing else Severity.WARNING)
    reported = set()
    for path in sorted(before.keys() - now.keys()):
        problem = _problem(context, path, before[path].origin)
        if problem and problem not in reported:
            reported.add(problem)
            yield problem


def _problem(context: _Context, path: str, origin: str) -> Problem | None:
    if origin in context.rejected or path.startswith(_CHANNEL_FILES):
        return None
    if path.lower().endswith(urls.PAGE_ENDINGS) and origin.endswith(".md"):
        return _removed_item(context, f"/{path.removesuffix('index.html')}", origin)
    if path.endswith(".html") or path.startswith("feeds/"):
        for head, (group, key, label) in _SITE_LISTS.items():
            listed = path.removeprefix("feeds/")
            slug = listed.removeprefix(head).partition("/")[0]
            if listed.startswith(head) and f"{head}{slug}/index.html" not in context.now:
                message = f'{label} "{slug}" đã đăng nhưng không còn trong {group}: trang và nguồn tin của mục này mất địa chỉ.'
                return context.problem("site.yml", 1, message, f"thêm lại dòng - {{{key}: {slug}, name: …}} vào {group}.")
        if f"{_OLDER_PAGE.sub('', path)}index.html" in context.now:  # the list is shorter, and its pages moved up
            return None
        message = f'Địa chỉ "/{path.removesuffix("index.html")}" đã đăng, nay không còn mục nào ở đó nên không có trang.'
        return context.problem("site.yml", 1, message, "không cần làm gì nếu đúng ý.", Severity.WARNING)
    if posixpath.splitext(path)[1] in ATTACHMENT_TYPES:
        message = f'Tệp "/{path}" đã đăng, nay không còn bài nào dùng nên không có trên trang.'
        return context.problem(origin, 1, message, "nếu tệp đổi tên, giữ cả tệp cũ và ghi nó vào bài.", Severity.WARNING)
    return None


def _removed_item(context: _Context, address: str, name: str) -> Problem:
    line, is_page = context.lines.get(name), name.partition("/")[0] == PAGE.kind
    message = f'Địa chỉ "{address}" đã đăng nhưng không còn trên trang.'
    if line is None:
        alias = "" if is_page else f", hoặc thêm dòng aliases: [{address}] vào bài thay thế"
        return context.problem(name, 1, message, f"đưa tệp trở lại với dòng status: withdrawn và dòng withdrawn_reason:{alias}.")
    if name not in context.now.values():
        remedy = "ghi status: withdrawn và withdrawn_reason: để trang nói rõ bài đã gỡ, thay vì để nháp hoặc hẹn giờ."
        return context.problem(name, line(("status",)), message, remedy)
    if is_page:
        return context.problem(name, line(("slug",)), message, f"giữ địa chỉ cũ: slug: {address.strip('/')}.")
    if line(("aliases",)) > line(()):
        return context.problem(name, line(("aliases",)), message, f"thêm {address} vào cuối danh sách aliases.")
    return context.problem(name, line(("slug",)), message, f"thêm dòng aliases: [{address}]")
