"""`invoke check`."""

import sys
from pathlib import Path

from chuyendoiso.cli.command_line import ROOT, Context, command


@command(
    help={
        "content": "thư mục nội dung",
        "json": "in lỗi ra dạng JSON",
        "fix": "tự sửa những lỗi sửa được an toàn",
        "drafts": "bản nháp chưa xong cũng tính là lỗi",
    }
)
def check(c: Context, content: str = "content", json: bool = False, fix: bool = False, drafts: bool = False) -> None:
    """Chỉ kiểm tra nội dung, không dựng trang."""
    from chuyendoiso.authoring.check_command import check_content

    prompt = input if fix and sys.stdin.isatty() else None
    sys.exit(check_content(Path(content).resolve(), ROOT / "theme", as_json=json, fix=fix, drafts=drafts, ask=prompt))
