"""`invoke withdraw`."""

from pathlib import Path

from chuyendoiso.cli.command_line import ROOT, Context, command
from chuyendoiso.cli.publish import publish_release


@command(
    positional=["path"],
    help={
        "path": "tệp .md, hoặc địa chỉ của bài trên trang",
        "reason": "lý do cho người đọc",
        "publish": "đăng luôn; tệp khác có lỗi thì đăng bản trước, chỉ thêm việc gỡ",
        "content": "thư mục nội dung",
        "output": "nơi đặt trang",
    },
)
def withdraw(
    c: Context, path: str, reason: str = "", publish: bool = False, content: str = "content", output: str = "output"
) -> None:
    """Gỡ một bài: trang của bài nói lý do, nguồn tin và Zalo được báo; tệp vẫn giữ."""
    from datetime import UTC, datetime

    import publishconf
    from chuyendoiso.authoring.withdrawal import copy_withdrawals
    from chuyendoiso.authoring.withdrawal import withdraw as take_down
    from chuyendoiso.deploy.pending import read_published
    from chuyendoiso.model.problems import ContentRejected
    from chuyendoiso.model.vocabulary import EditorStatus
    from chuyendoiso.ops.build_provenance import read_sources
    from chuyendoiso.ops.checkout import checked_out
    from chuyendoiso.release.store import locked, releases_folder

    folder, output_path = Path(content).resolve(), Path(output).absolute()
    now = datetime.now(UTC)
    name, status = take_down(folder, path, reason, now)
    if status is EditorStatus.DRAFT:
        print(f"{folder.name}/{name} chưa tới ngày đăng, chưa ai thấy: đã đổi thành bản nháp.")
        return
    print(f"Đã ghi việc gỡ vào {folder.name}/{name}.")
    if not publish:
        print("Bài rời trang, nguồn tin và Zalo từ lần đăng kế tiếp.")
        return
    with locked(output_path, publishconf.WAIT, print):
        try:
            commits = tuple(source.commit for source in read_sources(folder, ROOT))
            publish_release(folder, output_path, commits, wait=publishconf.WAIT)
        except ContentRejected:
            print("Các tệp khác có lỗi (xem bằng make check), nên chỉ đăng lại bản đang có, thêm việc gỡ.")
            commits = read_published(output_path)[1]
            with checked_out(folder, next(iter(commits), ""), releases_folder(output_path) / "withdrawal") as published:
                copy_withdrawals(folder, published, now)
                publish_release(published, output_path, commits, wait=publishconf.WAIT)
    print(f"Nhớ commit {folder.name}/{name}, để lần đăng sau từ máy khác không đưa bài trở lại.")
