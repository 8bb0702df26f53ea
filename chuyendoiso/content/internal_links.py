"""Check links to addresses that are no article: the page and its heading exist."""

from collections.abc import Callable, Collection, Iterable, Iterator

from chuyendoiso.content.references import InternalLink
from chuyendoiso.model.content_types import PAGE
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.target import page_file


def unknown_addresses(addresses: Iterable[InternalLink], known: Collection[str], rejected: frozenset[str]) -> Iterator[Problem]:
    """Find links to addresses at which no file is planned.

    Addresses that a rejected file would have are not reported.
    """
    uncertain = {name.partition("/")[0] for name in rejected} | ({"tu-khoa"} if rejected else set())
    for link in addresses:
        perhaps_rejected = link.path.split("/")[1] in uncertain or (PAGE.kind in uncertain and link.path.count("/") == 2)
        if page_file(link.path) not in known and not perhaps_rejected:
            message = f'Liên kết tới địa chỉ "{link.path}" không có trên trang.'
            remedy = "kiểm tra lại địa chỉ, hoặc liên kết tới tệp .md của bài."
            yield Problem(link.display_path, link.line, "missing-address", message, remedy)


def missing_headings(addresses: Iterable[InternalLink], has_id: Callable[[str, str], bool]) -> Iterator[Problem]:
    """Find links to headings that a page lacks; `has_id` looks into a page's file."""
    for link in addresses:
        name = page_file(link.path)
        if link.heading and name.endswith(".html") and not has_id(name, link.heading):
            message = f'Trang "{link.path}" không có mục "#{link.heading}" mà liên kết dẫn tới.'
            yield Problem(link.display_path, link.line, "missing-anchor", message, "bỏ phần từ dấu # trở đi.")
