"""Materials and files in a few words: format, length, size."""

from collections.abc import Mapping
from types import MappingProxyType

from chuyendoiso.model.content_types.training import Material, Training
from chuyendoiso.model.items import File
from chuyendoiso.model.renditions import first_page_picture
from chuyendoiso.model.vietnamese import format_minutes, format_number, format_size, slugify, upper_first
from chuyendoiso.outputs.pages.render_context import RenderContext
from chuyendoiso.outputs.pages.views import FileView, FirstPageView

PAGE, VIDEO, SLIDES, PDF, LINK = "Bài đọc trên trang", "Video", "Trình chiếu", "PDF", "Trang web"
# Formats as editors write them, and files' endings → the format in lists, in their order.
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "video": VIDEO, "clip": VIDEO, "mp4": VIDEO, "bản ghi": VIDEO, "bản ghi hình": VIDEO, "ghi hình": VIDEO, "youtube": VIDEO,
        "audio": "Âm thanh", "âm thanh": "Âm thanh", "mp3": "Âm thanh", "podcast": "Âm thanh",
        "slide": SLIDES, "slides": SLIDES, "trình chiếu": SLIDES, "bài trình chiếu": SLIDES, "pptx": SLIDES, "powerpoint": SLIDES,
        "pdf": PDF,
        "docx": "Word", "word": "Word", "odt": "Word",
        "xlsx": "Bảng tính", "excel": "Bảng tính", "ods": "Bảng tính", "bảng tính": "Bảng tính",
        "trang web": LINK, "web": LINK, "liên kết": LINK, "link": LINK,
    }
)  # fmt: skip
FORMATS = (PAGE, *dict.fromkeys(_NAMES.values()))
MAX_NAMED = 2  # materials that a list names


def format_of(material: Material) -> str:
    """Return a material's format: its field, else by the file's ending."""
    format_text = " ".join((material.format or "").split())
    if slugify(format_text):
        return _NAMES.get(format_text.casefold(), upper_first(format_text))
    return _NAMES[_ending(material.file)] if material.file else LINK


def formats_of(training: Training) -> tuple[str, ...]:
    """Return a training's formats; without materials it is an article to read."""
    recorded = [VIDEO] if training.session and training.session.recording else []
    formats = dict.fromkeys([*map(format_of, training.materials), *recorded])
    return tuple(formats) or (() if training.session else (PAGE,))


def offers(training: Training) -> str | None:
    """Return a training's offers: `PDF, 12 trang, 1,2 MB · Video, 45 phút`."""
    descriptions = [material_facts(material) for material in training.materials]
    more = [f"và {len(descriptions) - MAX_NAMED} tài liệu khác"] if len(descriptions) > MAX_NAMED else []
    return " · ".join([*descriptions[:MAX_NAMED], *more]) or None


def material_facts(material: Material) -> str:
    """Return a material's format and length; for a file also pages and size."""
    length = format_minutes(material.minutes) if material.minutes else None
    return ", ".join(part for part in (file_facts(material.file) if material.file else format_of(material), length) if part)


def file_facts(file: File) -> str:
    """Return type, pages and size of a file: `PDF, 12 trang, 1,2 MB`."""
    pages = f"{format_number(file.pages)} trang" if file.pages else None
    return ", ".join(part for part in (_ending(file).upper(), pages, format_size(file.size)) if part)


def file_view(context: RenderContext, file: File, label: str) -> FileView:
    """Return the view of a file for download."""
    picture = first_page_picture(file)
    return FileView(
        label=label,
        href=context.site.href(file.path),
        facts=file_facts(file),
        here=True,
        digest=file.digest,
        picture=FirstPageView(context.site.href(picture.path), picture.width, picture.height) if picture else None,
    )


def _ending(file: File) -> str:
    return file.path.rpartition(".")[2]
