"""`invoke restore`."""

from pathlib import Path

from chuyendoiso.cli.command_line import Context, command


@command(positional=["folder"], help={"folder": "thư mục của một bản sao lưu", "out": "thư mục mới hoặc trống"})
def restore(c: Context, folder: str, out: str) -> None:
    """Kiểm tra một bản sao lưu rồi khôi phục vào một thư mục mới."""
    import publishconf
    from chuyendoiso.ops.restoration import restore as restore_backup
    from chuyendoiso.ops.snapshot import RESTORED_ZALO_STATE

    restored = restore_backup(Path(folder).absolute(), Path(out).absolute())
    changes = ", cả thay đổi chưa commit" if restored.changed else ""
    print(f"Đã khôi phục vào {out}: commit {restored.commit}, {restored.files} tệp ngoài Git{changes}.")
    if restored.state:
        print(f"Đã đặt lại những gì các lệnh nhớ: {', '.join(restored.state)}.")
    if RESTORED_ZALO_STATE in restored.state and publishconf.ZALO_STATE != RESTORED_ZALO_STATE:
        print(f"zalo-sync đọc tệp khác. Chép: cp -p {Path(out) / RESTORED_ZALO_STATE} {publishconf.ZALO_STATE}")
    print(f"Bước tiếp theo: cd {out} && make html")
