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
    """Mở trang biên tập trên máy này, cạnh bản xem trước."""
    from chuyendoiso.authoring.preview_server import EVENTS
    from chuyendoiso.authoring.preview_server import serve as run
    from chuyendoiso.authoring.preview_site import LiveSite
    from chuyendoiso.authoring.web_editor.draft_preview import DraftPreview
    from chuyendoiso.authoring.web_editor.editor_pages import (
        ADDRESS,
        EditorFiles,
        EditorPages,
        check_repository,
        write_editor,
    )
    from chuyendoiso.build.build_if_needed import read_settings
    from chuyendoiso.build.options import options_of

    folder, files = Path(content).resolve(), EditorFiles(ROOT / "editor", ROOT / "theme")
    if out:
        write_editor(files, folder, Path(out))
        print(f"Đã ghi trang biên tập vào {out}. Đặt thư mục này lên một máy chủ riêng, tách khỏi trang tin.")
        return
    files.check()
    check_repository(folder)
    paths = {"PATH": str(folder), "OUTPUT_PATH": str(PREVIEW / "output"), "PREVIEW": True}
    site = LiveSite(options_of(read_settings(ROOT / "pelicanconf.py", paths)))
    run(site, port, EditorPages(files, folder, EVENTS, DraftPreview(site.options)), f"Biên tập tại {{address}}{ADDRESS}", "editor")
