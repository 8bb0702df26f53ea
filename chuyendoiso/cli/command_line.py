"""Folders, error reports and options that the commands share."""

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
# tests start hundreds of processes: compiling the package takes longer than most of them run
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}


def command(**options: Any) -> Callable[[Callable[..., None]], Any]:
    """Decorate a function as a command; `options` are options of `invoke.task`."""
    return lambda function: task(**options)(report_errors(function))


def report_errors(function: Callable[..., None]) -> Callable[..., None]:
    """Decorate a function to report its errors as a message and an exit status."""

    @functools.wraps(function)
    def wrapper(*arguments: Any, **options: Any) -> None:
        from chuyendoiso.system.progress import make_legible

        make_legible()
        try:
            function(*arguments, **options)
        except BuildStopped as stopped:
            raise Exit(str(stopped), code=stopped.exitcode) from None
        except (KeyboardInterrupt, EOFError):
            raise Exit("Đã dừng theo yêu cầu.", code=130) from None
        except (MemoryError, ImportError) as error:
            if isinstance(error, ImportError) and "failed to map segment" not in str(error):  # as dlopen(3) has no memory
                raise
            message = "Máy không đủ bộ nhớ. Trang cũ vẫn còn nguyên. Cách sửa: đóng bớt chương trình rồi chạy lại."
            raise Exit(message, code=1) from None

    return wrapper


def build_site(conf: str, content: str, output: str, **overrides: Any) -> None:
    """Build with a settings file. Raises BuildStopped.

    `overrides` are Pelican's settings.
    """
    from chuyendoiso.build.build_if_needed import run_build

    paths = {"PATH": str(Path(content).resolve()), "OUTPUT_PATH": str(Path(output).absolute())}
    run_build(ROOT / conf, paths | overrides)


def parse_address_option(text: str) -> str | None:
    """Parse an address option as in site.yml; None if empty. Raises WrongUse."""
    if not text:
        return None
    from chuyendoiso.model.address_parsers import parse_site_address
    from chuyendoiso.model.parsers import Invalid

    try:
        return parse_site_address(text)
    except Invalid as invalid:
        raise WrongUse(f"{invalid.message.replace('{label}', 'Địa chỉ')} Cách sửa: {invalid.remedy}") from None


def need_package(module: str, command: str) -> None:
    """Raise WrongUse if a package is missing; `command` installs it."""
    from importlib.util import find_spec

    if find_spec(module) is None:
        raise WrongUse(f"Chưa cài {module}. Cách sửa: chạy {command}, lệnh này tự cài.")
