"""`invoke doctor`."""

import sys
from pathlib import Path

from chuyendoiso.cli.command_line import ROOT, Context, command, parse_address_option
from chuyendoiso.system.errors import WrongUse


@command(
    help={
        "url": "địa chỉ trang đã đăng",
        "content": "thư mục nội dung để so; không có thì bỏ qua việc so",
        "mirror": "địa chỉ bản sao của trang",
        "disk": "thư mục nằm trên ổ đĩa cần xem chỗ trống",
        "output": "nơi đặt trang đã đăng từ máy này, để so; không đăng từ máy này thì bỏ qua việc so",
        "json": "in dạng JSON",
    }
)
def doctor(
    c: Context, url: str = "", content: str = "", mirror: str = "", disk: str = "", output: str = "output", json: bool = False
) -> None:
    """Xem trang đã đăng như một người lạ: chỗ nào hỏng, sửa thế nào. Không sửa gì."""
    import time
    from datetime import UTC, datetime

    from chuyendoiso.ops.doctor.examination import DoctorOptions, examine

    address = parse_address_option(url)
    if not address:
        raise WrongUse("Thiếu --url. Cách sửa: ghi địa chỉ trang đã đăng, ví dụ --url https://cong.tinh.gov.vn/chuyen-doi-so/")
    options = DoctorOptions(
        url=address, content=Path(content).resolve() if content else None, theme=ROOT / "theme", mirror=parse_address_option(mirror),
        disk=Path(disk) if disk else None, output=Path(output).absolute(), as_json=json, now=datetime.now(UTC), monotonic=time.monotonic, say=print,
    )  # fmt: skip
    sys.exit(examine(options))
