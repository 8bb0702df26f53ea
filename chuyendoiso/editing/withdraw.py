"""Takes an item down in one step: its page then tells the reason, feeds and the Zalo channel are told. The file stays."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from chuyendoiso.addresses import Place, path_of, place_of
from chuyendoiso.domain.characters import plain_name
from chuyendoiso.domain.parsers import Wrong, parse_text
from chuyendoiso.domain.problems import ContentRejected, WrongUse
from chuyendoiso.domain.vocabulary import Status
from chuyendoiso.durable import write_text
from chuyendoiso.editing.edits import with_fields
from chuyendoiso.settings import read_site
from chuyendoiso.source import Unreadable, parse_source, read_source
from chuyendoiso.tree import walk_content


def withdraw(content: Path, told: str, reason: str) -> str:
    """Mark an item as withdrawn and return its file, relative to the content folder.

    `told` is the file, or the item's address on the site. Raises WrongUse where there is none, or nothing to take down, and
    ContentRejected where the file cannot be read.
    """
    try:
        reason = parse_text(reason)
    except Wrong:
        raise WrongUse("Chưa có lý do gỡ. Cách sửa: thêm --reason và lý do cho người đọc, trong dấu nháy.") from None
    try:
        path = _find(content, told)
        name = plain_name(path.relative_to(content).as_posix())
        changed = _withdrawn(path, name, f"{content.name}/{name}", reason)
    except Unreadable as unreadable:
        raise ContentRejected(unreadable.problems) from None
    write_text(path, changed)
    return name


def _withdrawn(path: Path, name: str, shown: str, reason: str) -> str:
    """Return the file's text, withdrawn, after reading it back. Raises Unreadable."""
    source = read_source(path, name, shown)
    status = str(source.fields.values.get("status", Status.PUBLISHED)).strip()
    if status == Status.DRAFT:
        raise WrongUse(f"{shown} là bản nháp, chưa lên trang nên không có gì để gỡ.")
    changed = with_fields(source.text, shown, {"status": Status.WITHDRAWN, "withdrawn_reason": reason})
    parse_source(changed.encode(), name, shown)
    return changed


def copy_withdrawals(content: Path, published: Path) -> None:
    """Withdraw in a former state of a content folder each file that is withdrawn now.

    Raises ContentRejected as `walk_content` does, or if one of them cannot be read there.
    """
    now, then = walk_content(content), walk_content(published)
    for name in now.articles:
        fields = _withdrawal(now.files[name], name)
        if fields and name in then.articles and not _withdrawal(then.files[name], name):
            try:
                text = read_source(then.files[name], name, f"{content.name}/{name}").text
                write_text(then.files[name], with_fields(text, name, fields))
            except Unreadable as unreadable:
                raise ContentRejected(unreadable.problems) from None


def _withdrawal(path: Path, name: str) -> dict[str, str]:
    """Return the fields that withdraw a file; none where it is not withdrawn, or cannot be read."""
    try:
        values = read_source(path, name, name).fields.values
    except Unreadable:
        return {}
    if str(values.get("status", "")).strip() != Status.WITHDRAWN:
        return {}
    return {"status": Status.WITHDRAWN, "withdrawn_reason": str(values.get("withdrawn_reason", ""))}


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
    tree = walk_content(content)
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
