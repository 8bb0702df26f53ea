"""The published schemas accept whatever valid content gives, and notice what is missing."""

import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator
from made_items import SITE, at, bytes_of, catalogue, cover, document, feed_outputs, file, news, training

from chuyendoiso.model.content_types.document import Signatory
from chuyendoiso.model.content_types.training import AgendaEntry, Attendance, Material, MeetingPoint, Session, Stream
from chuyendoiso.model.items import Correction, Origin, Related
from chuyendoiso.model.site import Audience, OfficialChannel, Site
from chuyendoiso.model.vocabulary import PublicationState, Validity
from chuyendoiso.outputs.feeds.json_api_schemas import MANIFEST, RECORD

WHOLE = Site(**{
    **{name: getattr(SITE, name) for name in SITE.__dataclass_fields__},
    "audiences": (Audience(id="can-bo", name="Cán bộ"),), "channels": (OfficialChannel(id="youtube", name="YouTube", url=None),),
})  # fmt: skip
SESSION = Session(
    at(10), at(11), "Phòng", "Hội trường", (MeetingPoint("Nhà văn hóa", "xã A", None), MeetingPoint("Nhà khác", None, None)),
    (Stream("youtube", "HTTPS://A.vn/tài-liệu"),), (AgendaEntry("08:00", "Khai mạc"),), "http://a.vn/x|y{z}", Attendance(None, 0), "before",
)  # fmt: skip
DAYS = {name: date(2026, 1, 1) for name in ("effective_on", "expires_on", "suspended_on")}
MATERIALS = (
    Material(file("a"), None, "Sổ tay", None, None),
    Material(None, "Https://a.vn/ă", "Video", "video", 45),
    Material(None, "https://a.vn/", "Bài đọc", None, None),
)
ITEMS = (
    news("mot", cover=cover("a"), modified=at(5), change_note="Sửa.", corrections=(Correction(at(6).date(), "Sai."),), origin=Origin("Báo", None)),
    news("hai", origin=Origin("Báo", "HTTP://a.vn"), authors=("A",), tags=("so-hoa",)),
    document("ba", files=(file("f"),), signatory=Signatory("A", None), source_url="HTTP://a.vn/", validity=Validity.LAPSED, **DAYS),
    document("bon", validity=None, amends=(Related("1/A", "/van-ban/ba/", "B"),), replaced_by=(Related("2/A", None, None),)),
    training("nam", session=SESSION, materials=MATERIALS, audience=("can-bo",)),
    training("sau", audience=("can-bo",)),
)  # fmt: skip
GONE = news("bay", state=PublicationState.WITHDRAWN, withdrawn_reason="Nhầm.")


@pytest.fixture(scope="module")
def files():
    gathered = catalogue(*ITEMS, withdrawn=(GONE,), tags=[("so-hoa", "Số hóa")])
    outputs = {
        output.path: output for output in feed_outputs(gathered, WHOLE) if output.path.endswith(("/index.json", "manifest.json"))
    }
    parsed = {}
    for path, output in outputs.items():
        sizes = dict.fromkeys(output.depends_on or (), 7)
        parsed[path] = json.loads(bytes_of(output, sizes))
    for item in parsed["manifest.json"]["items"]:
        item["sha256"] = "a" * 64  # the digests of files that were not made are no digests here
    return parsed


def faults(schema, value):
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(value)]


def test_every_field_of_every_kind_is_accepted(files):
    assert faults(MANIFEST, files["manifest.json"]) == []
    records = {path: faults(RECORD, value) for path, value in files.items() if path != "manifest.json"}
    assert len(records) == len(ITEMS) and [problems for problems in records.values() if problems] == []


def required(schema):
    return schema["required"]


@pytest.mark.parametrize("name", required(RECORD))
def test_a_record_without_a_field_is_noticed(files, name):
    for path, value in files.items():
        if path != "manifest.json":
            assert faults(RECORD, {key: field_value for key, field_value in value.items() if key != name})


@pytest.mark.parametrize(
    ("path", "part", "name"),
    [
        ("van-ban/ba/index.json", None, "document"),
        ("tap-huan/nam/index.json", None, "training"),
        ("tap-huan/nam/index.json", "training", "audience"),
        ("van-ban/ba/index.json", "document", "issued_on"),
    ],
)
def test_a_part_that_a_kind_needs_is_noticed(files, path, part, name):
    record = json.loads(json.dumps(files[path]))
    del (record[part] if part else record)[name]
    assert faults(RECORD, record)


def test_a_file_without_its_digest_is_noticed(files):
    record = json.loads(json.dumps(files["tap-huan/nam/index.json"]))
    del record["training"]["materials"][0]["sha256"]
    assert faults(RECORD, record)
    manifest = json.loads(json.dumps(files["manifest.json"]))
    del manifest["items"][0]["record"]
    assert faults(MANIFEST, manifest)
