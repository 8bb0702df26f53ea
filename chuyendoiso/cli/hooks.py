"""`invoke hooks`."""

from invoke.context import Context
from invoke.tasks import task

from chuyendoiso.cli.base import ROOT, plain_errors


@task
@plain_errors
def hooks(c: Context) -> None:
    """Cho git kiểm tra bài trước mỗi lần commit."""
    from chuyendoiso.authoring.hooks import install_hooks

    print(install_hooks(ROOT))
