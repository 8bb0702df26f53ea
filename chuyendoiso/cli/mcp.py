"""`invoke mcp`."""

from pathlib import Path

from chuyendoiso.cli.command_line import ROOT, Context, command, need_package
from chuyendoiso.system.errors import WrongUse


@command(
    help={
        "source": "thư mục của trang đã dựng, hoặc địa chỉ http(s) của trang",
        "content": "thư mục nội dung, để biết múi giờ",
    }
)
def mcp(c: Context, source: str = "output", content: str = "content") -> None:
    """Chạy máy chủ MCP (vào ra chuẩn) để trợ lý ảo khác tìm, đọc, xem hiệu lực văn bản và lịch hội nghị trên trang."""
    import time
    from datetime import datetime

    from chuyendoiso.content.site_config import site_of
    from chuyendoiso.system.site_files import SiteFiles, is_web_address

    if "://" in source and (not is_web_address(source) or {"?", "#"} & set(source)):
        raise WrongUse(
            "--source không phải địa chỉ http(s) của một trang. Cách sửa: ghi như https://cong.tinh.gov.vn/chuyen-doi-so/."
        )
    need_package("mcp", "make mcp")
    from chuyendoiso.ops.mcp_server import SiteTools, serve

    folder = Path(content) if Path(content).is_absolute() else ROOT / content
    zone = site_of(folder).zone
    place = source if is_web_address(source) else str(Path(source).absolute())
    serve(SiteTools(SiteFiles(place, time.monotonic), lambda: datetime.now(zone), time.sleep))
