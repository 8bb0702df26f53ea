"""`invoke serve`."""

from pathlib import Path

from chuyendoiso.cli.command_line import PREVIEW, ROOT, Context, command


@command(help={"content": "thư mục nội dung", "port": "cổng trên máy này"})
def serve(c: Context, content: str = "content", port: int = 8000) -> None:
    """Dựng bản xem trước, mở máy chủ trên máy này, dựng lại mỗi khi lưu tệp."""
    from chuyendoiso.authoring.preview_server import serve as run
    from chuyendoiso.authoring.preview_site import LiveSite
    from chuyendoiso.build.build_if_needed import read_settings
    from chuyendoiso.build.options import options_of

    paths = {"PATH": str(Path(content).resolve()), "OUTPUT_PATH": str(PREVIEW / "output"), "PREVIEW": True}
    run(LiveSite(options_of(read_settings(ROOT / "pelicanconf.py", paths))), port)
