"""Resolve and check the links, pictures, frames and files that content names."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from chuyendoiso.content.link_syntax import BadLink, LinkKind, LinkTarget, parse_frame, parse_link
from chuyendoiso.content.parsed_file import FileContent, FileSummary, ParsedFile, is_picture
from chuyendoiso.model.converted import FrameLink, Link, Mention, ObjectLink, PictureLink
from chuyendoiso.model.items import BodyPart, File, FrameIn, LinkTo, LinkToPicture, Picture, PictureIn
from chuyendoiso.model.media_types import ATTACHMENT_TYPES, PICTURE_TYPES
from chuyendoiso.model.problems import Problem
from chuyendoiso.model.suggestions import nearest

_INSTEAD = {
    "svg": "lưu hình thành PNG hoặc JPEG trong content/media/ rồi chèn như ảnh.",
    "math": "viết công thức bằng chữ, hoặc chèn ảnh chụp công thức.",
    "video": "đăng ở kênh của cơ quan rồi đặt liên kết thường: [tên](https://…).",
    "audio": "đăng ở kênh của cơ quan rồi đặt liên kết thường: [tên](https://…).",
}


@dataclass(frozen=True)
class LinkTargets:
    """Everything that content can link to or embed."""

    articles: Mapping[str, ParsedFile]  # by name
    rejected: frozenset[str]  # names of files with problems
    unfinished: frozenset[str]  # paths on the site of rejected drafts
    live: frozenset[str]  # names of the articles that readers can see
    withdrawn: frozenset[str]  # names of the live articles that are only a notice, without headings
    media: frozenset[str]  # names of all media files
    pictures: Mapping[str, Picture]  # by name, those measured without a problem
    files: Mapping[str, File]
    documents: Mapping[str, str]  # paths of visible documents by lower-case number, without ambiguous numbers
    frame_hosts: frozenset[str]  # whose frames may be embedded
    home: str = ""  # the site's URL: a link with the full URL of a page is checked like one with its path

    def cache_key(self, summary: FileSummary) -> tuple[object, ...]:
        """Return the targets of a file's references, as part of its cache key."""
        return (
            tuple([self.resolve_content(*link) for link in summary.contents]),
            tuple([(name in self.media, self.pictures.get(name) or self.files.get(name)) for name in summary.media]),
            tuple([self.documents.get(number.casefold()) for number in summary.mentions]),
            tuple([self.resolve_address(*link) for link in summary.addresses]),
        )

    @cached_property
    def by_path(self) -> Mapping[str, ParsedFile]:
        """Return the articles by path, and by aliases that are no article's path."""
        former = {alias: article for article in self.articles.values() for alias in article.summary.aliases}
        return former | {article.summary.path: article for article in self.articles.values()}

    def resolve_content(self, name: str, heading: str) -> tuple[str | None, bool] | bool:
        """Return the permalink of a linked file, and whether it has the heading.

        Return whether the file was rejected if it is not valid.
        """
        article = self.articles.get(name)
        return self.resolve_article(article, heading) if article else name in self.rejected

    def resolve_address(self, address: str, heading: str) -> tuple[str | None, bool] | None:
        """Return the permalink of a linked address, and whether it has the heading.

        None if no article has it.
        """
        path, heading = self.split_own_address(address, heading) or ("", "")
        if article := self.by_path.get(path):
            return self.resolve_article(article, heading)
        return (None, True) if path in self.unfinished else None

    def resolve_article(self, article: ParsedFile, heading: str) -> tuple[str | None, bool]:
        """Return a permalink, None if it is not public, and whether it has the heading."""
        path = article.summary.path if article.name in self.live else None
        if path and heading and article.name not in self.withdrawn:
            path = f"{path}#{heading}"
        return path, not heading or heading in article.summary.anchors

    def split_own_address(self, address: str, heading: str) -> tuple[str, str] | None:
        """Return path and heading of an address of the site; None for any other."""
        if self.home and address.startswith(self.home):
            parts, base = urlsplit(address), urlsplit(self.home).path
            address, heading = f"/{unquote(parts.path.removeprefix(base))}", normalize("NFC", unquote(parts.fragment))
        elif not address.startswith("/"):
            return None
        return address if address.endswith("/") or "." in address.rpartition("/")[2] else address + "/", heading


class InternalLink(NamedTuple):
    """A link to a page of the site that is no article; `line` is its line in the file.

    `internal_links` checks its path once all pages are planned, its heading once they are rendered.
    """

    display_path: str
    line: int
    path: str
    heading: str


@dataclass
class References:
    """Resolves the references of files; collects problems and links to check later."""

    targets: LinkTargets
    problems: list[Problem] = field(default_factory=list)
    links: list[InternalLink] = field(default_factory=list)

    def check_fields(self, content: FileContent) -> None:
        """Report files that fields name and that are missing or of a wrong type."""
        for location, name, as_picture in content.fields.media() if content.fields else ():
            if problem := self.media_problem(name, as_picture):
                self.problems.append(content.problem(location, *problem))
        for location, link in content.fields.content_links() if content.fields else ():
            if problem := self.content_problem(content, link):
                self.problems.append(content.problem(location, *problem))

    def content_problem(self, content: FileContent, link: str) -> tuple[str, str, str] | None:
        """Return rule, message and remedy if a field's link leads to no content file."""
        try:
            target = parse_link(link, content.name)
        except BadLink as bad:
            return "bad-link", bad.message, bad.remedy
        if target.kind is not LinkKind.CONTENT:
            remedy = "ghi đường dẫn tới tệp của bài, ví dụ ../van-ban/749-qd-ttg.md."
            return "bad-link", f'"{link}" không phải tệp của một bài trong content/.', remedy
        if target.path == content.name:
            return "self-relation", f'"{link}" là chính bài này.', "xóa mục này."
        return None if self.known(target.path) else self.missing(link, target.path)

    def known(self, name: str) -> bool:
        """Return whether there is a content file of that name, valid or not."""
        return name in self.targets.articles or name in self.targets.rejected

    def missing(self, link: str, name: str) -> tuple[str, str, str]:
        """Return rule, message and remedy of a link to a content file that does not exist."""
        remedy = _like(name, [*self.targets.articles, *self.targets.rejected], "content/")
        return "missing-target", f'Liên kết tới tệp "{link}" không tồn tại.', remedy

    def resolve_body(self, content: FileContent) -> tuple[BodyPart | None, ...]:
        """Return the parts that replace a body's links, pictures and frames, in order."""
        resolved = tuple([self.resolve_part(content, part) for part in content.body.parts if not isinstance(part, str)])
        for embedded in content.body.objects:
            self.object_problem(content, embedded)
        return resolved

    def resolve_part(self, content: FileContent, part: Link | Mention | FrameLink | PictureLink) -> BodyPart | None:
        match part:
            case Link():
                return self.resolve_link(content, part)
            case Mention():
                return self.resolve_mention(content, part)
            case FrameLink():
                return self.resolve_frame(content, part)
            case PictureLink():
                return self.resolve_picture(content, part)

    def resolve_link(self, content: FileContent, link: Link) -> LinkTo | LinkToPicture:
        """Resolve a link; its target is None if it is missing or not public."""
        try:
            target = parse_link(link.href, content.name)
        except BadLink as bad:
            self.problems.append(content.body_problem(link.line, "bad-link", bad.message, bad.remedy))
            return LinkTo(None, external=False)
        match target.kind:
            case LinkKind.HERE:
                self.check_anchor(content, link, content.body.anchors, target.fragment)
                return LinkTo(f"#{target.fragment}", external=False)
            case LinkKind.CONTENT:
                return self.resolve_content_link(content, link, target)
            case LinkKind.MEDIA:
                return self.resolve_media_link(content, link, target)
        own = self.targets.split_own_address(target.path, target.fragment)
        return self.resolve_address_link(content, link, *own) if own else LinkTo(target.path, external=True)

    def resolve_mention(self, content: FileContent, mention: Mention) -> LinkTo:
        """Resolve a document's number; None if it is unknown, ambiguous or the item's own."""
        path = self.targets.documents.get(mention.number.casefold())
        return LinkTo(None if content.path == path else path, external=False)

    def resolve_content_link(self, content: FileContent, link: Link, target: LinkTarget) -> LinkTo:
        if article := self.targets.articles.get(target.path):
            return self.resolve_article_link(content, link, article, target.fragment)
        if not self.known(target.path):
            self.problems.append(content.body_problem(link.line, *self.missing(link.href, target.path)))
        return LinkTo(None, external=False)

    def resolve_article_link(self, content: FileContent, link: Link, article: ParsedFile, heading: str) -> LinkTo:
        self.check_anchor(content, link, article.summary.anchors, heading)
        return LinkTo(self.targets.resolve_article(article, heading)[0], external=False)

    def resolve_media_link(self, content: FileContent, link: Link, target: LinkTarget) -> LinkTo | LinkToPicture:
        if problem := self.media_problem(target.path, as_picture=is_picture(target.path)):
            self.problems.append(content.body_problem(link.line, *problem))
        if picture := self.targets.pictures.get(target.path):
            return LinkToPicture(picture)
        file = self.targets.files.get(target.path)
        return LinkTo(file.path if file else None, external=False)

    def resolve_address_link(self, content: FileContent, link: Link, path: str, heading: str) -> LinkTo:
        if article := self.targets.by_path.get(path):
            return self.resolve_article_link(content, link, article, heading)
        if path in self.targets.unfinished:
            return LinkTo(None, external=False)
        self.links.append(InternalLink(content.display_path, content.body_line + link.line - 1, path, heading))
        query = urlsplit(link.href).query  # as in a link to a search
        return LinkTo(f"{path}{query and f'?{query}'}{heading and f'#{heading}'}", external=False)

    def resolve_picture(self, content: FileContent, link: PictureLink) -> PictureIn | None:
        """Resolve a picture; its description is required."""
        if not link.alt:
            message = f'Ảnh "{link.src}" không có mô tả.'
            remedy = f"ghi ảnh cho thấy gì trong ngoặc vuông: ![mô tả]({link.src})."
            self.problems.append(content.body_problem(link.line, "missing-alt", message, remedy))
        name = _media_name(link.src, content.name)
        if name is None:
            message = f'Ảnh "{link.src}" không nằm trong content/media/.'
            remedy = "chép tệp ảnh vào content/media/ rồi ghi đường dẫn bắt đầu bằng /media/."
            self.problems.append(content.body_problem(link.line, "outside-media", message, remedy))
            return None
        if problem := self.media_problem(name, as_picture=True):
            self.problems.append(content.body_problem(link.line, *problem))
        picture = self.targets.pictures.get(name)
        return PictureIn(picture, link.alt, (link.caption or None) if link.block else None) if picture else None

    def resolve_frame(self, content: FileContent, link: FrameLink) -> FrameIn | None:
        """Resolve an embedded frame: a block of its own, from a host of site.yml."""
        try:
            src, host = parse_frame(link.src, self.targets.frame_hosts)
            if not link.empty:
                raise BadLink(
                    f'Khung nhúng từ "{host}" chưa đóng, hoặc có chữ bên trong.', "ghi </iframe> ngay sau thẻ mở <iframe …>."
                )
            if not link.block:
                raise BadLink(
                    f'Khung nhúng từ "{host}" nằm giữa câu chữ hoặc trong liên kết.',
                    "để khung thành một đoạn riêng, có dòng trống phía trên và phía dưới.",
                )
        except BadLink as bad:
            self.problems.append(content.body_problem(link.line, "embedded-frame", bad.message, bad.remedy))
            return None
        return FrameIn(src, link.title, host)

    def object_problem(self, content: FileContent, link: ObjectLink) -> None:
        message = f"Thẻ <{link.tag}> không dùng được trong bài, người đọc sẽ không thấy gì."
        remedy = _INSTEAD.get(
            link.tag, "chép tệp vào content/media/ rồi liên kết tới đó, hoặc đặt liên kết thường: [tên](https://…)."
        )
        self.problems.append(content.body_problem(link.line, "embedded-object", message, remedy))

    def check_anchor(self, content: FileContent, link: Link, anchors: frozenset[str], fragment: str) -> None:
        if not fragment or fragment in anchors:
            return
        close = nearest(fragment, anchors)
        remedy = f"có phải là #{close}?" if close else "bỏ phần từ dấu # trở đi, hoặc thêm tiêu đề tương ứng."
        message = f'Liên kết "{link.href}" tới mục "#{fragment}" không có trong bài.'
        self.problems.append(content.body_problem(link.line, "missing-anchor", message, remedy))

    def media_problem(self, name: str, as_picture: bool) -> tuple[str, str, str] | None:
        """Return rule, message and remedy if a media file is missing or of a wrong type.

        A file with a problem of its own is reported elsewhere.
        """
        ending = name[name.rfind(".") :].lower()
        if name not in self.targets.media:
            message = f'{"Ảnh" if as_picture else "Tệp"} "/{name}" không tồn tại.'
            return "missing-file", message, _like(name, self.targets.media, "/")
        if as_picture and ending not in PICTURE_TYPES:
            return "wrong-file-type", f'Tệp "/{name}" không phải ảnh.', f"dùng ảnh có đuôi {', '.join(PICTURE_TYPES)}."
        if not as_picture and ending not in ATTACHMENT_TYPES:
            allowed = ", ".join(ATTACHMENT_TYPES)
            return "wrong-file-type", f'Tệp "/{name}" không thuộc loại được đính kèm.', f"lưu thành một trong: {allowed}."
        return None


def _media_name(src: str, source: str) -> str | None:
    """Return the media file that a picture's address names, or None."""
    try:
        target = parse_link(src, source)
    except BadLink:
        return None
    return target.path if target.kind is LinkKind.MEDIA else None


def _like(name: str, known: "frozenset[str] | list[str]", prefix: str) -> str:
    """Return the remedy for a missing name: other letter case, the nearest, or check."""
    if same := next((other for other in sorted(known) if other.casefold() == name.casefold()), None):
        return f"viết đúng chữ hoa, chữ thường: {prefix}{same}."
    stems = {_stem(other): other for other in sorted(known, reverse=True)}
    close = nearest(_stem(name), stems)
    return f"có phải là {prefix}{stems[close]}?" if close else "kiểm tra lại đường dẫn, hoặc chép tệp vào đúng chỗ."


def _stem(name: str) -> str:
    """Return a file's name without folder and ending, which many files share."""
    return posixpath.splitext(posixpath.basename(name))[0]
