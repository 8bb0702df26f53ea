"""The command `withdraw`: mark an item as withdrawn, with a reason for readers."""

from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from chuyendoiso.authoring.yaml_writer import set_fields
from chuyendoiso.content.front_matter import SourceFile, Unreadable, parse_source, read_source
from chuyendoiso.content.permalinks import Place, classify_file, make_permalink
from chuyendoiso.content.scan import scan_content
from chuyendoiso.content.site_config import site_of
from chuyendoiso.model.characters import plain_name
from chuyendoiso.model.date_parsers import parse_instant
from chuyendoiso.model.parsers import Invalid, parse_text
from chuyendoiso.model.problems import ContentRejected
from chuyendoiso.model.vocabulary import EditorStatus
from chuyendoiso.system.atomic_write import write_text
from chuyendoiso.system.errors import WrongUse


def withdraw(content: Path, path_or_url: str, reason: str, now: datetime) -> tuple[str, EditorStatus]:
    """Mark an item as withdrawn; return its file and its status.

    The file is relative to the content folder. An item that is not published yet becomes a draft: no reader knows it, so no notice is needed.
    Raise WrongUse if there is no such item, or nothing to withdraw. Raise ContentRejected if a file cannot be read.
    """
    try:
        reason = parse_text(reason)
    except Invalid:
        raise WrongUse("Chưa có lý do gỡ. Cách sửa: thêm --reason và lý do cho người đọc, trong dấu nháy.") from None
    try:
        path = _find(content, path_or_url)
        name = plain_name(path.relative_to(content).as_posix())
        display_path = f"{content.name}/{name}"
        source = read_source(path, name, display_path)
        scheduled = _is_scheduled(source, content, now)
        if _status(source) == EditorStatus.DRAFT:
            raise WrongUse(f"{display_path} là bản nháp, chưa lên trang nên không có gì để gỡ.")
        status = EditorStatus.DRAFT if scheduled else EditorStatus.WITHDRAWN
        fields = {"status": status} if scheduled else {"status": status, "withdrawn_reason": reason}
        text = set_fields(source.text, display_path, fields)
        parse_source(text.encode(), source.path, display_path)  # the result must be readable
    except Unreadable as unreadable:
        raise ContentRejected(unreadable.problems) from None
    write_text(path, text)
    return name, status


def _status(source: SourceFile) -> str:
    return str(source.fields.values.get("status", EditorStatus.PUBLISHED)).strip()


def _is_scheduled(source: SourceFile, content: Path, now: datetime) -> bool:
    """Return whether an item's date is in the future. Raise ContentRejected."""
    date = source.fields.values.get("date")
    if not isinstance(date, str):
        return False
    try:
        return parse_instant(date, site_of(content).zone) > now
    except Invalid:
        return False


def copy_withdrawals(content: Path, published: Path, now: datetime) -> None:
    """Copy withdrawals in `content` to `published`, an older content folder.

    A scheduled item that is a draft again becomes a draft there. Raise ContentRejected if a file cannot be read there.
    """
    present, former = scan_content(content), scan_content(published)
    for name in present.articles:
        if name in former.articles and (fields := _withdrawal(present.files[name], name)):
            try:
                source = read_source(former.files[name], name, f"{content.name}/{name}")
                is_withdrawn = fields["status"] == EditorStatus.WITHDRAWN
                if _status(source) == EditorStatus.PUBLISHED and (is_withdrawn or _is_scheduled(source, published, now)):
                    write_text(former.files[name], set_fields(source.text, name, fields))
            except Unreadable as unreadable:
                raise ContentRejected(unreadable.problems) from None


def _withdrawal(path: Path, name: str) -> dict[str, str]:
    """Return the fields that hide a file's item; {} if it is published or unreadable."""
    try:
        source = read_source(path, name, name)
    except Unreadable:
        return {}
    status = _status(source)
    if status == EditorStatus.WITHDRAWN:
        return {"status": status, "withdrawn_reason": str(source.fields.values.get("withdrawn_reason", ""))}
    return {"status": status} if status == EditorStatus.DRAFT else {}


def _find(content: Path, path_or_url: str) -> Path:
    """Return a content file by its path or its URL. Raise WrongUse if there is none."""
    for path in (Path(path_or_url).resolve(), (content / path_or_url).resolve()):
        if path.suffix == ".md" and path.is_file() and path.is_relative_to(content):
            return path
    url = f"/{unquote(urlsplit(path_or_url).path).strip('/')}/"
    urls = {url, url.removeprefix(site_of(content).base_path)}
    tree = scan_content(content)
    plain = plain_name(path_or_url)
    for name in (plain, plain.removeprefix(f"{content.name}/")):  # the disk may have the name in another Unicode form
        if name in tree.articles:
            return tree.files[name]
    for name in tree.articles:
        if _permalink(tree.files[name], name) in urls:
            return tree.files[name]
    raise WrongUse(f'Không có bài nào ở "{path_or_url}". Cách sửa: ghi đường dẫn tới tệp .md, hoặc địa chỉ của bài trên trang.')


def _permalink(path: Path, name: str) -> str | None:
    place = classify_file(name, name)
    if not isinstance(place, Place):
        return None
    try:
        slug = read_source(path, name, name).fields.values.get("slug")
    except Unreadable:
        slug = None
    permalink = make_permalink(name, place, slug if isinstance(slug, str) else None, 1, name)
    return permalink if isinstance(permalink, str) else None
