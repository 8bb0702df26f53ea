"""`invoke reach`."""

import re
from glob import glob
from pathlib import Path

from chuyendoiso.cli.command_line import ROOT, Context, command
from chuyendoiso.system.errors import WrongUse


@command(
    positional=["log"],
    iterable=["more"],
    help={
        "log": "nhật ký của nginx, ví dụ '/var/log/nginx/chuyendoiso.log*'; tệp nén .gz cũng được",
        "more": "nhật ký ở nơi khác nữa; ghi được nhiều lần",
        "month": "tháng, ví dụ 2026-11",
        "site": "thư mục của trang đã dựng, để biết tên bài",
        "out": "thư mục để ghi báo cáo",
        "content": "thư mục nội dung, để biết múi giờ",
    },
)
def reach(
    c: Context, log: str, more: list[str], month: str = "", site: str = "output", out: str = ".reach", content: str = "content"
) -> None:
    """Cho biết kênh nào đưa bài tới người đọc trong một tháng, không theo dõi ai: trang HTML và bảng CSV."""
    from chuyendoiso.content.site_config import site_of
    from chuyendoiso.ops.access_counts import count_requests
    from chuyendoiso.ops.reach_report import join, make_csv, make_page, read_manifest

    files = sorted({file for pattern in (log, *more) for file in glob(pattern) or [pattern]})
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise WrongUse("Thiếu --month. Cách sửa: .venv/bin/invoke reach '/var/log/nginx/chuyendoiso.log*' --month 2026-11")
    manifest = read_manifest(Path(site))
    site_config = site_of(Path(content).resolve())
    counts = count_requests(map(Path, files), month, site_config.zone)
    report = join(counts, manifest, month, {channel.id: channel.name for channel in site_config.channels})
    Path(out).mkdir(parents=True, exist_ok=True)
    Path(out, f"{month}.html").write_text(make_page(report, ROOT / "theme", manifest["url"]), "utf-8")
    Path(out, f"{month}.csv").write_text(make_csv(report), "utf-8", newline="")
    print(f"Đã ghi {out}/{month}.html và {out}/{month}.csv ({counts.lines} dòng, {counts.malformed} dòng không hiểu được).")
