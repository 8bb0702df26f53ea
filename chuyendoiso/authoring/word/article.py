"""Plan the draft of a news article or a handout."""

import re

from chuyendoiso.authoring.word.casing import sentence_case
from chuyendoiso.authoring.word.document import Context, topic
from chuyendoiso.authoring.word.draft import Draft, Field
from chuyendoiso.authoring.word.import_report import ImportNote, NoteKind
from chuyendoiso.authoring.word.inlines import InlineConverter
from chuyendoiso.authoring.word.nodes import (
    LINE_BREAK,
    has_text,
    images_in,
    is_bold,
    join,
    line_text,
    lines_of,
    para,
    split_at_breaks,
    words,
)
from chuyendoiso.authoring.word.pandoc import Node, Nodes
from chuyendoiso.authoring.word.signature import is_name
from chuyendoiso.model.content_types import TRAINING
from chuyendoiso.model.vietnamese import shorten, slugify
from chuyendoiso.model.vocabulary import Kind

_TITLE, _SUMMARY = 200, 300
_SHORTEST_LEAD = 30  # characters: a shorter paragraph is no summary
_NO_LEAD = re.compile(
    r"(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])\s*[.)]\s|[-–—•+*(]|(?:ảnh|hình|nguồn)\b[^.]{0,20}[.:]", re.IGNORECASE
)  # headings, items, captions
_ANNEX = re.compile(r"(?:PHỤ LỤC|Phụ lục)\b|(?:MẪU|BIỂU|Mẫu|Biểu)(?: số)?\s+\d", re.IGNORECASE)
_PARENT = re.compile(r"kèm theo\s+(?:\w+\s+){0,3}?((?:\w+\s+){0,3}số\s*:?\s*[\w/&-]+)", re.IGNORECASE)
_ANNEX_LINES = 6  # in which an annex names its document
_CLOSING = re.compile(r"\W*(?:hết)?\W*", re.IGNORECASE)
_BY = re.compile(
    r"^(?:Tác giả|Người viết|Bài viết|Bài và ảnh|Bài, ảnh|Tin, bài|Tin, ảnh|Tin và ảnh|Bài|Tin|PV|Phóng viên)\s*:\s*(.+?)\.?$",
    re.IGNORECASE,
)


def parse_title_block(tree: Node) -> tuple[str, tuple[str, ...], Nodes]:
    """Return a tree's title, authors and blocks.

    Other lines of pandoc's title block become blocks again.
    """
    meta = tree.get("meta", {})
    title, *subtitles = [line_text(line) for line in _meta_lines(meta.get("title"))] or [""]
    others = [para(line) for name in ("subtitle", "date", "abstract") for line in _meta_lines(meta.get(name))]
    authors = tuple(line_text(line) for line in _meta_lines(meta.get("author")))
    return title, authors, [*(para(words(line)) for line in subtitles), *others, *tree["blocks"]]


def _meta_lines(value: Node | None) -> list[Nodes]:
    """Return the lines of a value of pandoc's metadata."""
    if value is None:
        return []
    match value["t"]:
        case "MetaInlines":
            return [value["c"]]
        case "MetaBlocks":
            return [block["c"] for block in value["c"] if block["t"] in {"Para", "Plain"}]
        case "MetaList":
            return [line for item in value["c"] for line in _meta_lines(item)]
        case _:
            return []


def plan_article(tree: Node, kind: Kind, context: Context) -> Draft:
    """Return the draft of a news article or a handout."""
    title, known_authors, body = parse_title_block(tree)
    if not title:
        title, body = _first_line(body)
    title, body, annex = _join_annex_name(title, body)
    authors, body = _plan_authors(known_authors, body)
    summary, body = _plan_summary(body)
    fields = [_plan_title(title), Field("date", context.today.isoformat()), summary, topic(context.site)]
    if kind is TRAINING.kind:
        ids = ", ".join(f"{audience.id} ({audience.name})" for audience in context.site.audiences)
        fields.append(Field("audience", None, f"chọn trong ngoặc vuông, một hoặc vài đối tượng: {ids}."))
    if len(title) > _TITLE:
        annex = (*annex, ImportNote(NoteKind.UNSURE, f'tên bài trong tệp Word là "{title}".'))
    slug = slugify(title)[:100].strip("-") or slugify(context.stem)[:100].strip("-") or "bai-viet"
    return Draft(slug, (*fields, *authors), body, annex)


def _join_annex_name(title: str, body: Nodes) -> tuple[str, Nodes, tuple[ImportNote, ...]]:
    """Return the full title of a separate annex, the rest of the body and a warning."""
    lines = list(lines_of(body[:_ANNEX_LINES]))
    parent = next((match[1] for line in lines if (match := _PARENT.search(line.text))), None)
    if not _ANNEX.match(title) or parent is None:
        return title, body, ()
    name, rest = _first_line(body)
    if name and not _PARENT.search(name):
        title, body = f"{sentence_case(title)}: {sentence_case(name)}", rest
    text = (
        f"tệp là phụ lục của {parent}. Nên đăng cùng văn bản ấy: lưu thành PDF rồi thêm vào attachments của văn bản, "
        "hoặc dán vào cuối tệp Word của văn bản rồi nhập lại."
    )
    return title, body, (ImportNote(NoteKind.WARNING, text),)


def _plan_title(title: str) -> Field:
    if not title:
        return Field("title", None, "không thấy tên bài trong tệp Word.")
    cut = shorten(title, _TITLE)
    if cut != title:
        return Field("title", cut, f"tên bài dài hơn {_TITLE} ký tự, đã cắt bớt.")
    return Field("title", cut, "tên bài viết hoa toàn bộ, nên viết lại chữ thường." if cut == cut.upper() else None)


def _first_line(blocks: Nodes) -> tuple[str, Nodes]:
    """Return the first line if it is a title, and the blocks without it."""
    index = next((index for index, block in enumerate(blocks) if has_text(block)), None)
    if index is None:
        return "", blocks
    block, rest = blocks[index], [*blocks[:index], *blocks[index + 1 :]]
    if block["t"] == "Header":
        return line_text(block["c"][2]), rest
    if block["t"] not in {"Para", "Plain"}:
        return "", blocks
    first, *others = split_at_breaks(block["c"])
    text = line_text(first)
    if not text or len(text) > _TITLE or (text.endswith((".", ":", ";", "!", ",")) and not is_bold(first)):
        return "", blocks
    rest[index:index] = [para([LINE_BREAK, *join(others, LINE_BREAK)])] if others else []
    return text, rest


def _plan_authors(known: tuple[str, ...], body: Nodes) -> tuple[list[Field], Nodes]:
    """Return the authors and the body without their line.

    They are in Word's style for authors, or in the last line.
    """
    if known:
        return [Field("authors", known)], body
    index = max((index for index, block in enumerate(body) if has_text(block)), default=None)
    if index is None or body[index]["t"] != "Para":
        return [], body
    inlines, rest = body[index]["c"], [*body[:index], *body[index + 1 :]]
    text = line_text(inlines)
    if match := _BY.match(text):
        names = tuple(name for name in re.split(r"\s*(?:,|;| và | - | – )\s*", match[1]) if name)
        return [Field("authors", names, f'lấy từ dòng cuối "{text}".')], rest
    if is_name(text.strip("()")) and all(node["t"] in {"Strong", "Emph", "Space"} for node in inlines):
        return [Field("authors", (text.strip("()"),), "lấy từ dòng cuối của tệp; không phải tên người viết thì xóa.")], rest
    return [], body


def _plan_summary(body: Nodes) -> tuple[Field, Nodes]:
    """Return the summary and the body without it.

    It is the first paragraph, if that is plain and short enough.

    Another paragraph is only an example in the remark, for a summary written by hand.
    """
    remark = "một, hai câu cho người đọc biết bài nói gì, không quá 300 ký tự"
    index = next((index for index, block in enumerate(body) if _is_lead(block) and _continues(body[index + 1 :])), None)
    if index is None:
        return Field("summary", None, f"{remark}."), body
    text = _plain_text(body[index])
    if len(text) <= _SUMMARY and _is_plain(body[index]["c"]) and not any(map(has_text, body[:index])):
        remark = "lấy từ đoạn đầu, nên thân bài không lặp lại đoạn ấy; trang hiện tóm tắt ngay dưới tên bài."
        return Field("summary", text, remark), [*body[:index], *body[index + 1 :]]
    return Field("summary", None, f'{remark}; ví dụ rút từ: "{shorten(text, _SUMMARY)}".'), body


def _is_lead(block: Node) -> bool:
    """Return whether a paragraph can be the summary of an article."""
    if block["t"] not in {"Para", "Plain"}:
        return False
    text = _plain_text(block)
    if is_bold(block["c"]) and not text.endswith((".", "!", "?", "…", "”")):  # a title, or a heading
        return False
    return len(text) >= _SHORTEST_LEAD and text != text.upper() and not text.endswith(":") and not _NO_LEAD.match(text)


def _continues(blocks: Nodes) -> bool:
    """Return whether more than a closing word ("Hết.") follows."""
    return any(images_in(blocks)) or any(not _CLOSING.fullmatch(line.text) for line in lines_of(blocks))


def _is_plain(inlines: Nodes) -> bool:
    """Return whether inlines are text, at most in bold or italics."""
    return all(
        _is_plain(node["c"]) if node["t"] in {"Strong", "Emph"} else node["t"] in {"Str", "Space", "SoftBreak", "Quoted"}
        for node in inlines
    )


def _plain_text(block: Node) -> str:
    return line_text(InlineConverter({}).convert(block["c"]))
