"""`invoke authorship`."""

import sys
from pathlib import Path

from chuyendoiso.cli.command_line import ROOT, Context, command
from chuyendoiso.system.errors import WrongUse


@command(help={"month": "tháng, ví dụ 2026-11", "out": "tệp CSV để ghi; không có thì in ra", "content": "thư mục nội dung"})
def authorship(c: Context, month: str = "", out: str = "", content: str = "content") -> None:
    """Liệt kê bài của một tháng theo tác giả, dạng CSV mở được bằng Excel."""
    from chuyendoiso.authoring.authorship_report import authorship_of

    if not month:
        raise WrongUse("Thiếu --month. Cách sửa: ghi tháng, ví dụ .venv/bin/invoke authorship --month 2026-11")
    table = authorship_of(Path(content).resolve(), ROOT / "theme", month)
    if out:
        Path(out).write_text(table, "utf-8", newline="")
        print(f"Đã ghi {out}.")
    else:
        sys.stdout.buffer.write(table.encode())
