"""`invoke provenance`."""

import os
from pathlib import Path

from chuyendoiso.cli.command_line import ROOT, Context, command


@command(
    help={
        "output": "nơi đặt trang",
        "content": "thư mục nội dung",
        "check": "tệp .provenance.json để đối chiếu: output có đúng là bản được mô tả không",
    }
)
def provenance(c: Context, output: str = "output", content: str = "content", check: str = "") -> None:
    """Ghi nguồn gốc của bản đang hiện (commit, gói, mã cây), hoặc đối chiếu với --check."""
    from chuyendoiso.content.site_config import site_of
    from chuyendoiso.ops.build_provenance import check_provenance, read_environment, write_provenance

    if check:
        print(f"{output} đúng là bản {check_provenance(Path(check), Path(output).absolute())} mà {Path(check).name} mô tả.")
        return
    folder = Path(content).resolve()
    environment = read_environment(folder, ROOT, site_of(folder).feed_authority)
    print(f"Đã ghi {os.path.relpath(write_provenance(Path(output).absolute(), environment))}.")
    for source in environment.sources:
        print(f"{source.name}: commit {source.commit[:12]}{'' if source.clean else ', có thay đổi chưa commit'}.")
    if not environment.sources:
        print("Không có kho Git: bản ghi không nói được dựng từ commit nào.")
