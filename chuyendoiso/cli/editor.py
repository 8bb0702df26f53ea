"""`invoke editor`."""

from pathlib import Path

from chuyendoiso.cli.command_line import PREVIEW, ROOT, Context, command


@command(
    help={
        "content": "thư mục nội dung",
        "port": "cổng trên máy này",
        "out": "ghi trang biên tập cho cả nhóm ra thư mục này, thay vì chạy trên máy",
    }
)
def editor(c: Context, content: str = "content", port: int = 8000, out: str = "") -> None:
    """Mở trang biên tập trên máy này, cạnh bản xem trước (cần Node.js)."""
    from datetime import datetime

    from chuyendoiso.authoring.preview_server import EVENTS
    from chuyendoiso.authoring.preview_server import serve as run
    from chuyendoiso.authoring.preview_site import LiveSite
    from chuyendoiso.authoring.web_editor import ADDRESS, EditorPages, Files, local_server, write_editor
    from chuyendoiso.build.build_if_needed import read_settings
    from chuyendoiso.build.options import options_of

    folder, files = Path(content).resolve(), Files(ROOT / "editor", ROOT / "theme")
    if out:
        write_editor(files, folder, Path(out))
        print(f"Đã ghi trang biên tập vào {out}. Đặt thư mục này lên một máy chủ riêng, tách khỏi trang tin.")
        return
    paths = {"PATH": str(folder), "OUTPUT_PATH": str(PREVIEW / "output"), "PREVIEW": True}
    with local_server(files, folder, datetime.now().year) as server:
        site = LiveSite(options_of(read_settings(ROOT / "pelicanconf.py", paths)))
        run(site, port, EditorPages(files, folder, server, EVENTS), f"Biên tập tại {{address}}{ADDRESS}", "editor")
