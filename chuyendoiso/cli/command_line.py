"""What several commands share: folders, how a failure is told, a build, an address."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from invoke.exceptions import Exit

from chuyendoiso.system.errors import BuildStopped, WrongUse

ROOT = Path(__file__).parents[2]
DEMO = ROOT / ".demo"
PREVIEW = ROOT / ".preview"
REVIEW = ROOT / ".review"
# the tests start hundreds of processes: compiling the package in each takes longer than what most of them do
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}


def plain_errors(work: Callable[..., None]) -> Callable[..., None]:
    """Turn what stops a build into its plain message and exit status; no traceback for anything an editor can cause."""

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
    """Build with a settings file of the project; overrides are Pelican's settings. Raise BuildStopped."""
    from chuyendoiso.build.build_if_needed import run_build

    places = {"PATH": str(Path(content).resolve()), "OUTPUT_PATH": str(Path(output).absolute())}
    run_build(ROOT / conf, places | overrides)


def parse_address_option(text: str) -> str | None:
    """Return an address given on the command line, as site.yml would have it; None for an empty one. Raise WrongUse."""
    if not text:
        return None
    from chuyendoiso.model.parsers import Invalid, parse_site_address

    try:
        return parse_site_address(text)
    except Invalid as wrong:
        raise WrongUse(f"{wrong.message.replace('{label}', 'Địa chỉ')} Cách sửa: {wrong.remedy}") from None


def need_package(module: str, command: str) -> None:
    """Raise WrongUse, naming the command that installs it, unless a package is there."""
    from importlib.util import find_spec

    if find_spec(module) is None:
        raise WrongUse(f"Chưa cài {module}. Cách sửa: chạy {command}, lệnh này tự cài.")
