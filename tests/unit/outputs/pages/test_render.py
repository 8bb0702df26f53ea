"""Holds what is told where a template is wrong: its place, and never that of a limit that was reached while it was at work."""

import pytest

from chuyendoiso.model.target import Deferred, Dependencies, Folder, HashedValue, hash_value
from chuyendoiso.outputs.pages.templates import PageInputs, make_page
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.worker_limits import Failure, run_limited


def page(folder, template):
    (folder / "templates").mkdir()
    (folder / "templates/page.html").write_bytes(template)
    return PageInputs(Folder(str(folder), template.hex()), "page.html", hash_value(None), Deferred(str, ()))


def rendered(inputs):
    return make_page(inputs, Dependencies({}, {}))


def test_a_template_that_takes_too_long_is_slow_and_not_wrong(tmp_path):
    endless = page(tmp_path, b"{% for a in range(10**9) %}{% for b in range(10**9) %}{% endfor %}{% endfor %}")
    assert run_limited(rendered, endless, 0.2) is Failure.SLOW


@pytest.mark.parametrize(
    "template",
    [b"{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", b"{% set many = site_layout * 10**15 %}"],
    ids=["no end", "memory"],
)
def test_a_template_over_the_limits_is_heavy_not_wrong(tmp_path, template):
    assert run_limited(rendered, page(tmp_path, template)._replace(site_layout=hash_value("x")), 5) is Failure.HEAVY


def test_a_template_in_another_encoding_is_reported(tmp_path):
    with pytest.raises(BuildStopped, match=r"Khuôn mẫu page\.html sai: 'utf-8' codec"):
        rendered(page(tmp_path, "{{ 'Điện' }}".encode("utf-16")))


def test_an_error_outside_the_template_is_not_reported_as_its_own(tmp_path):
    inputs = page(tmp_path, b"{{ site_layout() }}")

    def broken():
        raise ValueError("hỏng")

    with pytest.raises(ValueError, match=r"^hỏng$"):
        rendered(inputs._replace(site_layout=HashedValue(broken, "0")))
