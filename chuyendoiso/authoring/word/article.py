"""A news article's or a handout's blocks → its draft: title, author and summary from where they usually stand."""

import re
from dataclasses import dataclass

from chuyendoiso.authoring.word.casing import sentence_case
from chuyendoiso.authoring.word.document import Context, topic
from chuyendoiso.authoring.word.draft import Draft, Field
from chuyendoiso.authoring.word.import_report import ImportNote, NoteKind
from chuyendoiso.authoring.word.inlines import InlineConverter
from chuyendoiso.authoring.word.nodes import images_in, is_bold, lines_of, para, split_at_breaks, text_of, words
from chuyendoiso.authoring.word.pandoc import Node, Nodes
from chuyendoiso.authoring.word.signature import is_name
from chuyendoiso.model.content_types import TRAINING
from chuyendoiso.model.vietnamese import shorten, slugify
from chuyendoiso.model.vocabulary import Kind

_TITLE, _SUMMARY = 200, 300
_TELLING = 30  # characters: a shorter paragraph sums nothing up
_NO_LEAD = re.compile(
    r"(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])\s*[.)]\s|[-–—•+*(]|(?:ảnh|hình|nguồn)\b[^.]{0,20}[.:]", re.IGNORECASE
)  # headings, items, captions
_SHAPES = {"Strong", "Emph", "Underline", "SmallCaps"}
_ANNEX = re.compile(r"(?:PHỤ LỤC|Phụ lục)\b|(?:MẪU|BIỂU|Mẫu|Biểu)(?: số)?\s+\d", re.IGNORECASE)
_PARENT = re.compile(r"kèm theo\s+(?:\w+\s+){0,3}?((?:\w+\s+){0,3}số\s*:?\s*[\w/&-]+)", re.IGNORECASE)
_ANNEX_LINES = 6  # in which an annex says what it belongs to
_CLOSING = re.compile(r"\W*(?:hết)?\W*", re.IGNORECASE)
_BY = re.compile(
    r"^(?:Tác giả|Người viết|Bài viết|Bài và ảnh|Bài, ảnh|Tin, bài|Tin, ảnh|Tin và ảnh|Bài|Tin|PV|Phóng viên)\s*:\s*(.+?)\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TitleBlock:
    """What a tree says of itself, in paragraphs of Word's own styles for titles."""

    title: str
    authors: tuple[str, ...]
    blocks: Nodes

    @property
    def all_blocks(self) -> Nodes:
        """Return the blocks with the title as the first of them."""
        return [*([para([{"t": "Strong", "c": words(self.title)}])] if self.title else []), *self.blocks]


def parse_title_block(tree: Node) -> TitleBlock:
    """Return a tree's title and authors, and its blocks; what else pandoc took for a heading of the whole goes back among them."""
    meta = tree.get("meta", {})
    lines = {name: _inlines(meta.get(name)) for name in ("title", "author", "subtitle", "date", "abstract")}
    back = [para(one) for name in ("subtitle", "date", "abstract") for one in lines[name]]
    title, *rest = [text_of(one) for one in lines["title"]] or [""]
    back = [para(words(one)) for one in rest] + back
    return TitleBlock(
        " ".join(title.split()), tuple(" ".join(text_of(one).split()) for one in lines["author"]), [*back, *tree["blocks"]]
    )


def _inlines(value: Node | None) -> list[Nodes]:
    """Return the lines of a value of pandoc's metadata."""
    match value and value["t"]:
        case "MetaInlines":
            return [value["c"]] if value else []
        case "MetaBlocks":
            return [block["c"] for block in value["c"] if block["t"] in {"Para", "Plain"}] if value else []
        case "MetaList":
            return [line for one in value["c"] for line in _inlines(one)] if value else []
        case _:
            return []


def plan_article(tree: Node, kind: Kind, context: Context) -> Draft:
    """Return the draft of a news article or a handout."""
    found = parse_title_block(tree)
    title, body = (found.title, found.blocks) if found.title else _first_line(found.blocks)
    title, body, annex = _annex(title, body)
    authors, body = _authors(found.authors, body)
    summary, body = _summary(body)
    fields = [_title(title), Field("date", context.today.isoformat()), summary, topic(context.site)]
    if kind is TRAINING.kind:
        ids = ", ".join(f"{one.id} ({one.name})" for one in context.site.audiences)
        fields.append(Field("audience", None, f"chọn trong ngoặc vuông, một hoặc vài đối tượng: {ids}."))
    slug = slugify(title)[:100].strip("-") or slugify(context.stem)[:100].strip("-") or "bai-viet"
    return Draft(slug, (*fields, *authors), body, (*annex, *_notes(title)))


def _annex(title: str, body: Nodes) -> tuple[str, Nodes, tuple[ImportNote, ...]]:
    """Return the whole title of an annex that is a file of its own, the body without it, and what to do with an annex."""
    lines = list(lines_of(body[:_ANNEX_LINES]))
    parent = next((found[1] for line in lines if (found := _PARENT.search(line.text))), None)
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


def _notes(title: str) -> tuple[ImportNote, ...]:
    return () if len(title) <= _TITLE else (ImportNote(NoteKind.UNSURE, f'tên bài trong tệp Word là "{title}".'),)


def _title(title: str) -> Field:
    if not title:
        return Field("title", None, "không thấy tên bài trong tệp Word.")
    cut = shorten(title, _TITLE)
    if cut != title:
        return Field("title", cut, f"tên bài dài hơn {_TITLE} ký tự, đã cắt bớt.")
    return Field("title", cut, "tên bài viết hoa toàn bộ, nên viết lại chữ thường." if cut == cut.upper() else None)


def _first_line(blocks: Nodes) -> tuple[str, Nodes]:
    """Return the first line where it is a title, and the blocks without it."""
    for at, block in enumerate(blocks):
        if not any(lines_of([block])):
            continue
        if block["t"] == "Header":
            return " ".join(text_of(block["c"][2]).split()), [*blocks[:at], *blocks[at + 1 :]]
        if block["t"] not in {"Para", "Plain"}:
            return "", blocks
        first, *rest = split_at_breaks(block["c"])
        text = " ".join(text_of(first).split())
        if text and len(text) <= _TITLE and (is_bold(first) or not text.endswith((".", ":", ";", "!", ","))):
            left = [node for line in rest for node in ({"t": "LineBreak"}, *line)]
            return text, [*blocks[:at], *([para(left)] if left else []), *blocks[at + 1 :]]
        return "", blocks
    return "", blocks


def _authors(known: tuple[str, ...], body: Nodes) -> tuple[list[Field], Nodes]:
    """Return who wrote an article, after Word's style or the last line, and the body without that line."""
    if known:
        return [Field("authors", known)], body
    at = next((at for at in range(len(body) - 1, -1, -1) if any(lines_of([body[at]]))), None)
    if at is None or body[at]["t"] != "Para":
        return [], body
    text = " ".join(text_of(body[at]["c"]).split())
    rest = [*body[:at], *body[at + 1 :]]
    if found := _BY.match(text):
        names = tuple(one for one in re.split(r"\s*(?:,|;| và | - | – )\s*", found[1]) if one)
        return [Field("authors", names, f'lấy từ dòng cuối "{text}".')], rest
    if is_name(text.strip("()")) and all(node["t"] in {"Strong", "Emph", "Space"} for node in body[at]["c"]):
        return [Field("authors", (text.strip("()"),), "lấy từ dòng cuối của tệp; không phải tên người viết thì xóa.")], rest
    return [], body


def _summary(body: Nodes) -> tuple[Field, Nodes]:
    """Return the summary and the body without it: the first paragraph where it is plain and short enough, which readers would see twice.

    Another stays in the body, and is only offered: a summary is written by hand then.
    """
    ask = "một, hai câu cho người đọc biết bài nói gì, không quá 300 ký tự"
    leads = [at for at, block in enumerate(body) if _is_lead(block) and _goes_on(body[at + 1 :])]
    if not leads:
        return Field("summary", None, f"{ask}."), body
    at = leads[0]
    text = _plain(body[at])
    is_first = not any(any(lines_of([block])) for block in body[:at])
    if is_first and len(text) <= _SUMMARY and _is_plain(body[at]["c"]):
        remark = "lấy từ đoạn đầu, nên thân bài không lặp lại đoạn ấy; trang hiện tóm tắt ngay dưới tên bài."
        return Field("summary", text, remark), [*body[:at], *body[at + 1 :]]
    return Field("summary", None, f'{ask}; ví dụ rút từ: "{shorten(text, _SUMMARY)}".'), body


def _is_lead(block: Node) -> bool:
    """Tell whether a paragraph can say what an article is about."""
    if block["t"] not in {"Para", "Plain"}:
        return False
    text = _plain(block)
    if is_bold(block["c"]) and not text.endswith((".", "!", "?", "…", "”")):  # a title, or a heading
        return False
    return len(text) >= _TELLING and text != text.upper() and not text.endswith(":") and not _NO_LEAD.match(text)


def _goes_on(blocks: Nodes) -> bool:
    """Tell whether more than a closing word follows: "Hết."."""
    return any(images_in(blocks)) or any(not _CLOSING.fullmatch(line.text) for line in lines_of(blocks))


def _is_plain(inlines: Nodes) -> bool:
    """Tell whether inlines are words alone, in bold or italics at most."""
    return all(
        _is_plain(node["c"]) if node["t"] in {"Strong", "Emph"} else node["t"] in {"Str", "Space", "SoftBreak", "Quoted"}
        for node in inlines
    )


def _plain(block: Node) -> str:
    return " ".join(text_of(InlineConverter({}).convert(block["c"])).split())
