"""`invoke signatures`."""

from pathlib import Path

from chuyendoiso.cli.command_line import Context, command


@command(
    help={
        "since": "xét các commit sau commit, nhánh hoặc thẻ này",
        "keys": "tệp allowed_signers: khóa của người bảo trì",
        "content": "thư mục nội dung, ai sửa cũng không cần ký",
    }
)
def signatures(c: Context, since: str, keys: str, content: str = "content") -> None:
    """Kiểm chữ ký SSH của mọi commit đổi phần ngoài nội dung."""
    from chuyendoiso.ops.commit_signatures import check_signatures, refuse_unsigned

    print(refuse_unsigned(check_signatures(Path.cwd(), content.rstrip("/"), since, Path(keys)), since))
