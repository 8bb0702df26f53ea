"""`invoke import`."""

from pathlib import Path

from chuyendoiso.cli.command_line import Context, command


@command(
    name="import",
    help={
        "file": "tệp Word (.docx)",
        "content": "thư mục nội dung",
        "kind": "tin-tuc, van-ban hoặc tap-huan; không có thì nhận theo những dòng đầu",
        "pdf": "bản gốc đã ký; không có thì lấy tệp .pdf cùng tên bên cạnh tệp Word",
    },
)
def import_(c: Context, file: str, content: str = "content", kind: str = "", pdf: str = "") -> None:
    """Nhập một tệp Word thành bài nháp trong thư mục nội dung."""
    from datetime import UTC, datetime

    from chuyendoiso.authoring.word.word_import import ImportOptions, import_word

    options = ImportOptions(Path(file), Path(content).resolve(), datetime.now(UTC), kind, Path(pdf) if pdf else None)
    for line in import_word(options):
        print(line)
