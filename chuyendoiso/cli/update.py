"""`invoke update`."""

from pathlib import Path

from chuyendoiso.cli.command_line import ROOT, Context, command


@command(help={"content": "thư mục nội dung, ai sửa cũng không cần ký"})
def update(c: Context, content: str = "content") -> None:
    """Lấy commit mới từ kho Git chung; publishconf.py có SIGNERS thì phần ngoài nội dung phải có chữ ký đúng."""
    import publishconf
    from chuyendoiso.ops.pull_upstream import pull
    from chuyendoiso.release.store import locked

    with locked(ROOT / "output"):  # neither content nor code changes while they are published
        print(pull(ROOT, content.rstrip("/"), Path(publishconf.SIGNERS) if publishconf.SIGNERS else None))
