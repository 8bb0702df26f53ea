"""`invoke hooks`."""

from chuyendoiso.cli.command_line import ROOT, Context, command


@command()
def hooks(c: Context) -> None:
    """Cho git kiểm tra bài trước mỗi lần commit."""
    from chuyendoiso.authoring.git_hooks import install_hooks

    print(install_hooks(ROOT))
