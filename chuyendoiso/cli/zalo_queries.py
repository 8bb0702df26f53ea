"""`invoke zalo-queries`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from chuyendoiso.cli.command_line import ROOT, Context, command
from chuyendoiso.system.errors import BuildStopped, WrongUse

if TYPE_CHECKING:
    from chuyendoiso.outputs.channels.zalo.keyword_replies import KeywordReply

TABLE, PAGE = "cu-phap.csv", "cu-phap.html"


@command(
    help={
        "content": "thư mục nội dung",
        "out": "thư mục để ghi bảng CSV và trang HTML; bảng của lần trước ở đó để so",
        "reach": "bảng CSV của invoke reach, để biết câu nào được đọc nhiều",
    }
)
def zalo_queries(c: Context, content: str = "content", out: str = ".zalo-queries", reach: str = "") -> None:
    """Viết cú pháp hỏi đáp cho Zalo OA từ các câu hỏi đã trả lời: bảng CSV và trang để chép."""
    from datetime import datetime

    from chuyendoiso.build import pipeline
    from chuyendoiso.build.options import BuildOptions
    from chuyendoiso.model.content_types.question import Question
    from chuyendoiso.model.vietnamese import format_date
    from chuyendoiso.outputs.channels.zalo.keyword_files import compare_replies, make_replies_page, make_table
    from chuyendoiso.outputs.channels.zalo.keyword_replies import make_keywords
    from chuyendoiso.system.progress import Progress

    folder, theme, loads = Path(content).resolve(), ROOT / "theme", _read_loads(reach)
    options = BuildOptions(content=folder, theme=theme, output=folder.parent / "output", use_cache=False)
    plan = pipeline.read(options, Progress(quiet=True))
    keywords = make_keywords(plan.resolved.catalogue.of(Question), plan.site, loads)
    changes = compare_replies(keywords, _read_last(Path(out, TABLE)))
    day = format_date(datetime.now(plan.site.zone))
    _write(Path(out), {TABLE: make_table(changes), PAGE: make_replies_page(plan.site.name, day, keywords, changes, theme)})
    words = ", ".join(
        f"{sum(change == name for change, _ in changes)} {name}" for name in dict.fromkeys(one.change for one in changes)
    )
    _print_remarks(keywords.omitted, plan.site.url)
    words = ", ".join(
        f"{sum(change == name for change, _ in changes)} {name}" for name in dict.fromkeys(one.change for one in changes)
    )
    print(f"Đã ghi {out}/{TABLE} và {out}/{PAGE}: {words or 'chưa có câu hỏi nào'}.")


def _print_remarks(omitted: Sequence[str], url: str) -> None:
    from chuyendoiso.model.address_parsers import is_placeholder

    for address in omitted:
        print(f"Bỏ qua {address}: địa chỉ dài hơn một câu trả lời. Cách sửa: tăng limits.zalo_reply trong site.yml.")
    if is_placeholder(urlsplit(url).hostname or ""):
        print(f"Địa chỉ trang {url} là địa chỉ giữ chỗ: đừng chép lên Zalo. Cách sửa: ghi địa chỉ thật trong site.yml.")


def _read_last(table: Path) -> Mapping[str, "KeywordReply"]:
    """Return the replies of the last run; none if there was no run."""
    from chuyendoiso.outputs.channels.zalo.keyword_files import parse_table
    from chuyendoiso.system.os_errors import explain

    try:
        return parse_table(table.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise WrongUse(f"Không đọc được {table}: {explain(error)}. Cách sửa: chọn thư mục khác bằng --out.") from None
    except (ValueError, TypeError):
        message = "không phải bảng của lần chạy trước. Cách sửa: xóa hoặc chuyển tệp ấy đi; khi đó mọi cú pháp được ghi là mới."
        raise WrongUse(f"{table} {message}") from None


def _read_loads(table: str) -> Mapping[str, int]:
    from chuyendoiso.ops.reach_report import parse_loads

    if not table:
        return {}
    try:
        return parse_loads(Path(table).read_bytes().decode("utf-8"))
    except (OSError, ValueError):
        raise WrongUse(f"Không đọc được bảng {table}. Cách sửa: chỉ tệp CSV mà invoke reach đã ghi.") from None


def _write(folder: Path, files: Mapping[str, str]) -> None:
    from chuyendoiso.system.atomic_write import write_text
    from chuyendoiso.system.os_errors import explain

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            write_text(folder / name, text)
    except OSError as error:
        raise BuildStopped(f"Không ghi được vào {folder}: {explain(error)}. Cách sửa: chọn thư mục khác bằng --out.") from None
