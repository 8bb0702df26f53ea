"""Render a view by a Jinja template, which sees `view` and `site_layout` alone."""

from functools import lru_cache
from pathlib import Path
from traceback import extract_tb
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, select_autoescape

from chuyendoiso.model.target import Deferred, Dependencies, Folder, HashedValue
from chuyendoiso.outputs.pages.views import SiteLayout
from chuyendoiso.system.errors import BuildStopped

WRONG = (TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError)  # errors of templates


class PageInputs(NamedTuple):
    """The inputs of a page: its template below `templates/`, the layout, the view."""

    theme: Folder
    template: str
    site_layout: HashedValue[SiteLayout]
    view: Deferred


def make_page(inputs: PageInputs, dependencies: Dependencies) -> bytes:
    """Render a page. Raises BuildStopped with template and line if the theme is wrong."""
    view = inputs.view.value(dependencies)
    try:
        return (
            environment(inputs.theme).get_template(inputs.template).render(view=view, site_layout=inputs.site_layout.value).encode()
        )
    except WRONG as error:  # not a limit of time or memory
        place = _place(error, Path(inputs.theme.path))
        if place or isinstance(error, TemplateError | UnicodeDecodeError):
            raise BuildStopped(
                f"Khuôn mẫu {place or inputs.template} sai: {error}. Trang cũ vẫn còn nguyên. Cách sửa: sửa chỗ ấy rồi chạy lại."
            ) from error
        raise


def _place(error: Exception, theme: Path) -> str | None:
    """Return the last template and line of an error; None if its cause is elsewhere."""
    passed = extract_tb(error.__traceback__)
    last = next((frame for frame in reversed(passed) if Path(frame.filename).is_relative_to(theme)), None)
    if last is None or (last is not passed[-1] and not isinstance(error, TemplateError)):
        return None
    return f"{theme.name}/{Path(last.filename).relative_to(theme)}, dòng {last.lineno}"


@lru_cache(maxsize=2)
def environment(theme: Folder) -> Environment:
    """Return a theme's environment: autoescape, and StrictUndefined."""
    result = Environment(
        loader=FileSystemLoader([Path(theme.path) / "templates", theme.path]),  # `components/` is beside `templates/`
        auto_reload=False,  # a theme that changes has another digest, and so another environment
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # "<", ">", "&" are escaped by the filter
    result.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return result
