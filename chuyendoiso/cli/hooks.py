"""`invoke hooks`."""

from invoke.context import Context
from invoke.tasks import task

from chuyendoiso.cli.command_line import ROOT, plain_errors


@task
@plain_errors
def hooks(c: Context) -> None:
    """Cho git kiểm tra bài trước mỗi lần commit."""
    from chuyendoiso.authoring.git_hooks import install_hooks

    print(install_hooks(ROOT))
