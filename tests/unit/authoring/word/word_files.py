"""Word files as people in offices make them; made by python-docx, and in plain XML where it has no way to say something."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Inches
from docx.table import _Cell
from PIL import Image

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "v": "urn:schemas-microsoft-com:vml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_DECLARED = " ".join(f'xmlns:{name}="{uri}"' for name, uri in NAMES.items())
Put = Callable[[Document | _Cell], None]
Block = str | Put
Cell = str | list[Block]


def element(markup: str):
    """Return an element; its first tag gets the names of all prefixes."""
    head, _, rest = markup.partition(">")
    slash = "/" if head.endswith("/") else ""
    return parse_xml(f"{head.removesuffix('/')} {_DECLARED}{slash}>{rest}")


def fill(place: Document | _Cell, blocks: list[Block]) -> None:
    for block in blocks:
        put = p(block) if isinstance(block, str) else block
        put(place)


def p(text: str = "", style: str | None = None, bold: bool = False, italic: bool = False) -> Put:
    """Return a paragraph; a line's end in it is a break, `**` opens and closes bold."""

    def put(place):
        paragraph = place.add_paragraph(style=style)
        for number, part in enumerate(text.split("**")):
            if part:
                run = paragraph.add_run(part)
                run.bold = (bold or number % 2 == 1) or None
                run.italic = italic or None

    return put


def b(text: str) -> Put:
    return p(text, bold=True)


def h(level: int, text: str) -> Put:
    return p(text, style=f"Heading {level}")


def table(
    *rows: list[Cell], grid: bool = True, merge: tuple[tuple[int, int], tuple[int, int]] | None = None, head: bool = True
) -> Put:
    def put(place):
        new_table = (
            place.add_table(len(rows), max(map(len, rows)))
            if not isinstance(place, _Cell)
            else place.add_table(len(rows), len(rows[0]))
        )
        if grid and not isinstance(place, _Cell):
            new_table.style = "Table Grid"
        if not head:
            for look in new_table._tbl.findall(".//{*}tblLook"):
                look.getparent().remove(look)
        if merge:
            first, last = merge
            new_table.cell(*first).merge(new_table.cell(*last))
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell == "":
                    continue
                into = new_table.cell(at, column)
                fill(into, [cell] if isinstance(cell, str) else cell)
                into._tc.remove(into.paragraphs[0]._p)

    return put


def xml(markup: str) -> Put:
    """Return some XML as it stands in a body."""

    def put(place):
        body = place.element.body if not isinstance(place, _Cell) else place._tc
        new_element = element(markup)
        body.insert(len(body) - 1, new_element) if not isinstance(place, _Cell) else body.append(new_element)

    return put


def link(words: str, target: str, before: str = "", after: str = "") -> Put:
    def put(place):
        paragraph = place.add_paragraph(before)
        id_ = place.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        paragraph._p.append(element(f'<w:hyperlink r:id="{id_}"><w:r><w:t>{words}</w:t></w:r></w:hyperlink>'))
        paragraph.add_run(after)

    return put


def picture(kind: str = "JPEG", alt: str = "", colour: str = "teal", size: tuple[int, int] = (60, 40)) -> Put:
    """Return a paragraph with a picture alone."""

    def put(place):
        buffer = io.BytesIO()
        Image.new("RGB", size, colour).save(buffer, kind)
        buffer.seek(0)
        run = place.add_paragraph().add_run()
        run.add_picture(buffer, width=Inches(1))
        for properties in run._r.iter(f"{{{NAMES['wp']}}}docPr"):
            properties.set("descr", alt)

    return put


def foreign_picture(name: str, raw: bytes, alt: str = "") -> Put:
    """Return a picture of a format that python-docx does not write, as EMF."""

    def put(place):
        package = place.part.package
        part = Part(PackURI(f"/word/media/{name}"), f"image/x-{name.rpartition('.')[2]}", raw, package)
        id_ = place.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        xml(
            f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="9" name="Hình" descr="{alt}"/><a:graphic>'
            f'<a:graphicData uri="{NAMES["pic"]}"><pic:pic><pic:nvPicPr><pic:cNvPr id="9" name="Hình"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{id_}"/></pic:blipFill><pic:spPr><a:xfrm><a:ext cx="900000" cy="900000"/></a:xfrm></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )(place)

    return put


def old_picture() -> Put:
    """Return a picture in VML, as Word 97 to 2003 put it."""

    def put(place):
        image = io.BytesIO()
        Image.new("RGB", (30, 20), "navy").save(image, "PNG")
        image = Part(PackURI("/word/media/image7.png"), "image/png", image.getvalue(), place.part.package)
        id_ = place.part.relate_to(image, RELATIONSHIP_TYPE.IMAGE)
        xml(f'<w:p><w:r><w:pict><v:shape alt="Bản đồ xã."><v:imagedata r:id="{id_}"/></v:shape></w:pict></w:r></w:p>')(place)

    return put


def part(name: str, relation: str, markup: str) -> Put:
    """Return a part beside the body, as footnotes or comments."""

    def put(place):
        type_ = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
        head, _, rest = markup.partition(">")
        raw = f"<?xml version='1.0' encoding='UTF-8'?>{head} {_DECLARED}>{rest}".encode()
        new_part = Part(PackURI(f"/word/{name}.xml"), type_, raw, place.part.package)
        place.part.relate_to(new_part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{relation}")

    return put


def footnotes(*texts: str) -> Put:
    notes = "".join(
        f'<w:footnote w:id="{at}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
        for at, text in enumerate(texts, start=2)
    )
    return part("footnotes", "footnotes", f"<w:footnotes>{notes}</w:footnotes>")


def comments(*texts: str) -> Put:
    notes = "".join(
        f'<w:comment w:id="{at}" w:author="Người sửa"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>'
        for at, text in enumerate(texts)
    )
    return part("comments", "comments", f"<w:comments>{notes}</w:comments>")


def numbering(*lists: tuple[tuple[str, str], ...]) -> Put:
    """Return lists of Word's, numbered from 50: of each level its format and its text, `("upperRoman", "%1.")`."""

    def put(place):
        root = place.part.numbering_part.element
        for at, levels in enumerate(lists, start=50):
            inner = "".join(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/><w:lvlText w:val="{text}"/></w:lvl>'
                for level, (format_, text) in enumerate(levels)
            )
            root.insert(0, element(f'<w:abstractNum w:abstractNumId="{at}">{inner}</w:abstractNum>'))
            root.append(element(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>'))

    return put


def n(list_: int, text: str, level: int = 0, style: str = "", bold: bool = False) -> Put:
    """Return a paragraph that Word numbers."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    shape = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return xml(
        f'<w:p><w:pPr>{named}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr></w:pPr>'
        f'<w:r>{shape}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def header(text: str) -> Put:
    def put(place):
        place.sections[0].header.paragraphs[0].text = text

    return put


def footer(text: str) -> Put:
    def put(place):
        place.sections[0].footer.paragraphs[0].text = text

    return put


def watermark(words: str) -> Put:
    """Return a watermark as Word puts it: WordArt in the header."""

    def put(place):
        paragraph = place.sections[0].header.paragraphs[0]
        paragraph._p.append(element(f'<w:r><w:pict><v:shape><v:textpath string="{words}"/></v:shape></w:pict></w:r>'))

    return put


def character_style(name: str, hidden: bool) -> Put:
    def put(place):
        place.styles.add_style(name, WD_STYLE_TYPE.CHARACTER).font.hidden = hidden

    return put


def write(path: Path, blocks: list[Block]) -> Path:
    document = docx.Document()
    fill(document, blocks)
    document.save(str(path))
    return path


@dataclass(frozen=True)
class Case:
    """A Word file: its name, its blocks, and how it is imported."""

    name: str
    blocks: list[Block]
    kind: str = ""
    pdf: tuple[str, ...] = ()  # lines of the PDF beside it


def words_in(path: Path) -> Iterator[str]:
    """Yield the texts of a Word file's body and notes, without what is struck out, paragraph by paragraph, by lxml alone."""
    import zipfile

    from lxml import etree

    w = f"{{{NAMES['w']}}}"
    with zipfile.ZipFile(path) as archive:
        for name in ("word/document.xml", "word/footnotes.xml"):
            if name in archive.namelist():
                root = etree.fromstring(archive.read(name))
                for choice in root.iter(f"{{{NAMES['mc']}}}Fallback"):
                    choice.clear()
                for paragraph in root.iter(f"{w}p"):
                    own = [child for child in paragraph.iter() if next(child.iterancestors(f"{w}p"), None) is paragraph]
                    gone = {f"{w}del", f"{w}moveFrom"}
                    texts = [
                        child.text or "" if child.tag == f"{w}t" else " "
                        for child in own
                        if child.tag in {f"{w}t", f"{w}br", f"{w}tab"} and not gone & {above.tag for above in child.iterancestors()}
                    ]
                    yield "".join(texts)
