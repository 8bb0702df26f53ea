"""`invoke new`."""

import sys
from pathlib import Path

from chuyendoiso.cli.command_line import Context, command


@command(
    help={
        "content": "thư mục nội dung",
        "kind": "loại bài: tin-tuc, van-ban, tap-huan, hoi-dap, lay-y-kien, trang",
        "title": "tên bài",
        "number": "số, ký hiệu, nếu là văn bản",
        "slug": "tên trong địa chỉ; không ghi thì lấy từ tên bài",
    }
)
def new(c: Context, content: str = "content", kind: str = "", title: str = "", number: str = "", slug: str = "") -> None:
    """Bắt đầu một bài: hỏi loại và tên, ghi một bản nháp có sẵn các trường."""
    from datetime import datetime

    from chuyendoiso.authoring.drafts import DraftRequest, create_draft

    prompt = input if sys.stdin.isatty() else None
    path = create_draft(
        Path(content).resolve(), DraftRequest(kind, title, number, slug), datetime.now().astimezone(), prompt, print
    )
    print(f"Đã tạo {path.relative_to(Path(content).resolve().parent)}. Mở tệp, điền các trường còn trống, rồi gõ make check.")
