"""The bill of materials: valid by the format's own strict schema, whole, and the same bytes each time."""

import json
from datetime import UTC, datetime

import pytest
from conftest import ROOT
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from chuyendoiso.ops.bill_of_materials import encode_bom, make_bom
from chuyendoiso.ops.checksums import digest_of
from chuyendoiso.ops.packages import licences_of, parse_pins, read_inventory, required_names
from chuyendoiso.system.errors import BuildStopped

AT = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def text() -> str:
    return encode_bom(make_bom(read_inventory(ROOT), AT))


@pytest.fixture(scope="module")
def bill(text) -> dict:
    return json.loads(text)


def test_the_strict_schema_accepts_it(text):
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(text) is None
    assert validator.validate_str(encode_bom(make_bom(read_inventory(ROOT), None))) is None
    assert validator.validate_str(text.replace('"library"', '"thư viện"')) is not None


def test_every_pinned_requirement_is_listed_with_its_hashes(bill):
    hashes = {
        (component["name"], component["version"]): sorted(each["content"] for each in component["externalReferences"][0]["hashes"])
        for component in bill["components"]
        if component["purl"].startswith("pkg:pypi/")
    }
    pins = parse_pins((ROOT / "requirements.txt").read_text("utf-8"), "requirements.txt")
    assert hashes == {(pin.name, pin.version): list(pin.hashes) for pin in pins}
    assert [component["name"] for component in bill["components"] if not component.get("licenses")] == []


def test_every_vendored_file_of_the_theme_is_listed(bill):
    digests = {
        file["name"]: file["hashes"][0]["content"]
        for component in bill["components"]
        if component["purl"].startswith("pkg:npm/")
        for file in component["components"]
    }
    folders = ("theme/fonts", "theme/static/fonts", "theme/static/js/vendor")
    files = [path for folder in folders for path in (ROOT / folder).iterdir() if path.suffix != ".txt"]  # their licences
    assert digests == {path.relative_to(ROOT).as_posix(): digest_of(path) for path in files}
    header = (ROOT / "theme/static/js/vendor/lean-qr.js").read_text("utf-8").split(" (nano)")[0]
    versions = {component["name"]: component["version"] for component in bill["components"]}
    assert header == f"/*! lean-qr {versions['lean-qr']}"


def test_dependencies_are_listed(bill):
    dependencies = {entry["ref"].partition("@")[0]: entry.get("dependsOn", []) for entry in bill["dependencies"]}
    assert any("pypi/pelican@" in ref for ref in dependencies["chuyendoiso"])
    assert [ref.partition("@")[0] for ref in dependencies["pkg:pypi/jinja2"]] == ["pkg:pypi/markupsafe"]
    reached, pending = set(), ["chuyendoiso"]
    while pending:
        name = pending.pop()
        pending += [
            ref.partition("@")[0]
            for ref in dependencies.get(name, [])
            if ref.partition("@")[0] not in reached and "@expo" not in ref
        ]
        reached.add(name)
    pins = parse_pins((ROOT / "requirements.txt").read_text("utf-8"), "")
    assert {f"pkg:pypi/{pin.name}" for pin in pins} <= reached


def test_the_bill_is_reproducible(text, bill):
    assert encode_bom(make_bom(read_inventory(ROOT), AT)) == text
    assert bill["metadata"]["timestamp"] == "2026-11-24T05:00:00+00:00"
    without = json.loads(encode_bom(make_bom(read_inventory(ROOT), None)))
    assert ("timestamp" in without["metadata"], without["serialNumber"]) == (False, bill["serialNumber"])


LICENCES = [
    ((["MIT"], ["anything"], ["License :: OSI Approved :: BSD License"]), ("MIT",)),
    (
        ([], ["BSD"], ["License :: OSI Approved :: BSD License", "Topic :: Text", "License :: Public Domain"]),
        ("BSD License", "Public Domain"),
    ),
    (([], ["MIT"], ["License :: OSI Approved"]), ("MIT",)),
    (([], ["Copyright (c) somebody\nall of the text"], []), ()),
    (([], ["x" * 61], []), ()),
    (([], [""], []), ()),
    (([], [], []), ()),
]


@pytest.mark.parametrize(("metadata", "expected"), LICENCES)
def test_licences_are_named_as_the_package_names_them(metadata, expected):
    assert licences_of(*metadata) == expected


def test_requirements_of_extras_are_left_out():
    requires = ["MarkupSafe>=2.0", "Babel>=2.7; extra == 'i18n'", "typing_extensions (>=4) ; python_version < '3.13'", "rich[x]"]
    assert required_names(requires) == {"markupsafe", "typing-extensions", "rich"}


def test_another_version_than_the_pinned_version_is_reported(tmp_path):
    for name in ("pyproject.toml", "requirements.in", "scripts/vendored.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "requirements.txt").write_text(f"jinja2==1.0 --hash=sha256:{'a' * 64}\n", "utf-8")
    with pytest.raises(BuildStopped) as stopped:
        read_inventory(tmp_path)
    assert str(stopped.value).startswith("jinja2 đang cài bản 3.")
    assert str(stopped.value).endswith(", requirements.txt ghi bản 1.0. Cách sửa: chạy make html để cài lại.")
    (tmp_path / "requirements.txt").write_text(f"khong-cai==1.0 --hash=sha256:{'a' * 64}\n", "utf-8")
    with pytest.raises(
        BuildStopped, match=r"^Không đọc được \S+ttf: không có tệp hoặc thư mục ấy\. Cách sửa: chạy \.venv/bin/invoke vendor\.$"
    ):
        read_inventory(tmp_path)
