"""`invoke backup`."""

from pathlib import Path

from chuyendoiso.cli.command_line import Context, command


@command(
    help={
        "out": "thư mục chứa các bản sao lưu; tốt nhất là trên đĩa khác",
        "keep": "số bản giữ lại",
        "dirty": "sao lưu cả thay đổi chưa commit của nội dung",
        "zalo-state": "tệp nhớ bài nào đã lên kênh Zalo; không ghi thì lấy ZALO_STATE trong publishconf.py, như invoke zalo-sync",
        "content": "thư mục nội dung",
        "output": "nơi đặt trang",
    }
)
def backup(
    c: Context,
    out: str = ".backup",
    keep: int = 14,
    dirty: bool = False,
    zalo_state: str = "",
    content: str = "content",
    output: str = "output",
) -> None:
    """Sao lưu kho Git, tệp đính kèm, danh mục các bản và những gì các lệnh nhớ vào một thư mục mới, kèm mã kiểm."""
    from datetime import UTC, datetime

    import publishconf
    from chuyendoiso.ops.snapshot import RESTORED_ZALO_STATE, ZALO_STATE, BackupOptions, back_up

    state_file = Path(zalo_state or publishconf.ZALO_STATE)
    options = BackupOptions(
        content=Path(content).absolute(), output=Path(output).absolute(), target=Path(out).absolute(), now=datetime.now(UTC),
        zalo_state=state_file.absolute(), keep=keep, dirty=dirty,
    )  # fmt: skip
    summary = back_up(options)
    if ZALO_STATE not in summary.state and str(state_file) != RESTORED_ZALO_STATE:
        print(
            f"Không có tệp trạng thái Zalo ở {state_file} để sao lưu. Cách sửa: xem ZALO_STATE trong publishconf.py, --state của zalo-sync."
        )
    if summary.state:
        print(f"Có cả những gì các lệnh nhớ: {', '.join(summary.state)}.")
    print(f"Đã sao lưu vào {Path(out) / summary.folder.name} ({summary.files} tệp ngoài Git; bỏ {len(summary.deleted)} bản cũ).")
    print(f"Thử khôi phục: .venv/bin/invoke restore {Path(out) / summary.folder.name} --out THƯ-MỤC-MỚI")
