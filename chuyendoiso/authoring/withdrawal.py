"""Takes an item down in one step: its page then tells the reason, feeds and the Zalo channel are told. The file stays."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from chuyendoiso.authoring.edits import with_fields
from chuyendoiso.content.front_matter import SourceFile, Unreadable, parse_source, read_source
from chuyendoiso.content.permalinks import Place, path_of, place_of
from chuyendoiso.content.scan import scan_content
from chuyendoiso.content.site_config import read_site
from chuyendoiso.model.characters import plain_name
from chuyendoiso.model.date_parsers import parse_instant
from chuyendoiso.model.parsers import Invalid, parse_text
from chuyendoiso.model.problems import ContentRejected
from chuyendoiso.model.vocabulary import EditorStatus
from chuyendoiso.system.atomic_write import write_text
from chuyendoiso.system.errors import WrongUse


def withdraw(content: Path, told: str, reason: str, now: datetime) -> tuple[str, EditorStatus]:
    """Mark an item as withdrawn; return its file, relative to the content folder, and its status.

    One that is not published yet becomes a draft: no reader has seen it, so that none needs to know why it is gone. `told` is the file, or
    the item's address on the site. Raises WrongUse where there is none, or nothing to take down, and ContentRejected where the file or
    site.yml cannot be read.
    """
    try:
        reason = parse_text(reason)
    except Invalid:
        raise WrongUse("Chưa có lý do gỡ. Cách sửa: thêm --reason và lý do cho người đọc, trong dấu nháy.") from None
    try:
        path = _find(content, told)
        name = plain_name(path.relative_to(content).as_posix())
        source = read_source(path, name, f"{content.name}/{name}")
        status = EditorStatus.DRAFT if _is_scheduled(source, content, now) else EditorStatus.WITHDRAWN
        fields = {"status": status} if status is EditorStatus.DRAFT else {"status": status, "withdrawn_reason": reason}
        changed = _changed(source, f"{content.name}/{name}", fields)
    except Unreadable as unreadable:
        raise ContentRejected(unreadable.problems) from None
    write_text(path, changed)
    return name, status


def _is_scheduled(source: SourceFile, content: Path, now: datetime) -> bool:
    """Return whether an item is to be published later. Raises Unreadable if site.yml, which has the zone, cannot be read."""
    date = source.fields.values.get("date")
    if not isinstance(date, str):
        return False
    try:
        return parse_instant(date, read_site(content / "site.yml", f"{content.name}/site.yml")[0].zone) > now
    except Invalid:
        return False


def _changed(source: SourceFile, shown: str, fields: Mapping[str, str]) -> str:
    """Return the file's text with other fields, after reading it back. Raises Unreadable."""
    status = str(source.fields.values.get("status", EditorStatus.PUBLISHED)).strip()
    if status == EditorStatus.DRAFT:
        raise WrongUse(f"{shown} là bản nháp, chưa lên trang nên không có gì để gỡ.")
    changed = with_fields(source.text, shown, fields)
    parse_source(changed.encode(), source.path, shown)
    return changed


def copy_withdrawals(content: Path, published: Path, now: datetime) -> None:
    """Withdraw in a former state of a content folder each file that is withdrawn now, or has become a draft before its day.

    Raises ContentRejected as `scan_content` does, or if one of them cannot be read there.
    """
    present, former = scan_content(content), scan_content(published)
    for name in present.articles:
        if name in former.articles and (fields := _withdrawal(present.files[name], name)):
            try:
                source = read_source(former.files[name], name, f"{content.name}/{name}")
                status = str(source.fields.values.get("status", EditorStatus.PUBLISHED)).strip()
                if status == EditorStatus.PUBLISHED and (
                    fields["status"] == EditorStatus.WITHDRAWN or _is_scheduled(source, published, now)
                ):
                    write_text(former.files[name], with_fields(source.text, name, fields))
            except Unreadable as unreadable:
                raise ContentRejected(unreadable.problems) from None


def _withdrawal(path: Path, name: str) -> dict[str, str]:
    """Return the fields by which a file is not shown; none where it is published, or cannot be read."""
    try:
        values = read_source(path, name, name).fields.values
    except Unreadable:
        return {}
    status = str(values.get("status", "")).strip()
    if status == EditorStatus.DRAFT:
        return {"status": status}
    return (
        {"status": status, "withdrawn_reason": str(values.get("withdrawn_reason", ""))} if status == EditorStatus.WITHDRAWN else {}
    )


def _find(content: Path, told: str) -> Path:
    """Return the content file that is meant, by its path or its address."""
    path = Path(told).resolve()
    if path.suffix == ".md" and path.is_file() and path.is_relative_to(content):
        return path
    if (content / told).suffix == ".md" and (content / told).is_file() and (content / told).resolve().is_relative_to(content):
        return (content / told).resolve()
    address = f"/{unquote(urlsplit(told).path).strip('/')}/"
    base = urlsplit(read_site(content / "site.yml", f"{content.name}/site.yml")[0].url).path.rstrip("/")
    meant = {address, address.removeprefix(base)}
    tree = scan_content(content)
    for name in (plain_name(told), plain_name(told).removeprefix(f"{content.name}/")):  # typed otherwise than the disk has it
        if name in tree.articles:
            return tree.files[name]
    found = next((tree.files[name] for name in tree.articles if _address(tree.files[name], name) in meant), None)
    if found is None:
        raise WrongUse(f'Không có bài nào ở "{told}". Cách sửa: ghi đường dẫn tới tệp .md, hoặc địa chỉ của bài trên trang.')
    return found


def _address(path: Path, name: str) -> str:
    """Return a file's address; "" where it has none."""
    place = place_of(name, name)
    if not isinstance(place, Place):
        return ""
    try:
        slug = read_source(path, name, name).fields.values.get("slug")
    except Unreadable:
        slug = None
    address = path_of(name, place, slug if isinstance(slug, str) else None, 1, name)
    return address if isinstance(address, str) else ""
