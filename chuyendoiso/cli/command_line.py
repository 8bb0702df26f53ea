"""Shared by the commands: folders, error reports, a build, an address option."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from invoke.context import Context as Context
from invoke.exceptions import Exit
from invoke.tasks import task

from chuyendoiso.system.errors import BuildStopped, WrongUse

ROOT = Path(__file__).parents[2]
DEMO = ROOT / ".demo"
PREVIEW = ROOT / ".preview"
REVIEW = ROOT / ".review"
# the tests start hundreds of processes: compiling the package in each takes longer than what most of them do
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}


def command(**options: Any) -> Callable[[Callable[..., None]], Any]:
    """Make a command of a function; `options` are those of invoke's task."""
    return lambda work: task(**options)(plain_errors(work))


def plain_errors(work: Callable[..., None]) -> Callable[..., None]:
    """Turn each error that an editor can cause into its message and exit status."""

    @functools.wraps(work)
    def wrapped(*arguments: Any, **options: Any) -> None:
        from chuyendoiso.system.progress import make_legible

        make_legible()
        try:
            work(*arguments, **options)
        except BuildStopped as stopped:
            raise Exit(str(stopped), code=stopped.exitcode) from None
        except (KeyboardInterrupt, EOFError):
            raise Exit("Đã dừng theo yêu cầu.", code=130) from None
        except (MemoryError, ImportError) as error:
            if isinstance(error, ImportError) and "failed to map segment" not in str(error):  # as dlopen(3) has no memory
                raise
            message = "Máy không đủ bộ nhớ. Trang cũ vẫn còn nguyên. Cách sửa: đóng bớt chương trình rồi chạy lại."
            raise Exit(message, code=1) from None

    return wrapped


def build_site(conf: str, content: str, output: str, **overrides: Any) -> None:
    """Build with a settings file. Raise BuildStopped.

    `overrides` are Pelican's settings.
    """
    from chuyendoiso.build.build_if_needed import run_build

    places = {"PATH": str(Path(content).resolve()), "OUTPUT_PATH": str(Path(output).absolute())}
    run_build(ROOT / conf, places | overrides)


def parse_address_option(text: str) -> str | None:
    """Return an address option as site.yml writes it; None if empty. Raise WrongUse."""
    if not text:
        return None
    from chuyendoiso.model.address_parsers import parse_site_address
    from chuyendoiso.model.parsers import Invalid

    try:
        return parse_site_address(text)
    except Invalid as wrong:
        raise WrongUse(f"{wrong.message.replace('{label}', 'Địa chỉ')} Cách sửa: {wrong.remedy}") from None


def need_package(module: str, command: str) -> None:
    """Raise WrongUse with the command that installs a package if it is missing."""
    from importlib.util import find_spec

    if find_spec(module) is None:
        raise WrongUse(f"Chưa cài {module}. Cách sửa: chạy {command}, lệnh này tự cài.")
