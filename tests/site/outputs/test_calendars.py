"""Holds what calendars say: their lines are read back here after RFC 5545, and by another library than that which writes them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import vobject
from conftest import build_site
from newsroom import Newsroom

from chuyendoiso.deploy.nginx_conf import make_maps

SESSION = "tap-huan/hoi-nghi-thang-12.md"
FILE = "lich/tap-huan-hoi-nghi-thang-12.ics"
ALL = "lich/hoi-nghi.ics"


def events(path):
    """Return the properties of each event of a calendar, unfolded and unescaped, by name."""
    data = path.read_bytes()
    assert data.endswith(b"\r\n") and b"\n" not in data.replace(b"\r\n", b"")
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # folded between characters, not within one
    text = re.sub("\r\n[ \t]", "", data.decode())
    found, blocks = [], text.split("BEGIN:VEVENT\r\n")
    for block in blocks[1:]:
        event, *alarms = block.partition("END:VEVENT")[0].split("BEGIN:VALARM\r\n")
        pairs = [line.partition(":") for line in event.split("\r\n") if line]
        found.append(
            {
                name.partition(";")[0]: re.sub(r"\\([\\;,nN])", lambda one: "\n" if one[1] in "nN" else one[1], value)
                for name, _, value in pairs
            }
            | {"ALARMS": [re.findall(r"TRIGGER:(.*)\r", alarm) for alarm in alarms]}
        )
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
    assert {"VERSION:2.0", "METHOD:PUBLISH"} <= set(blocks[0].split("\r\n"))
    return found


def instant(text):
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


@pytest.fixture
def output(small_content, output):
    path = small_content / SESSION
    text = path.read_text("utf-8")
    path.write_text(
        re.sub(
            r"(?m)^title: .*$",
            "title: 'Hội nghị; phẩy, gạch \\\\ và một tên rất dài để phải xuống dòng ở giữa các chữ có dấu'",
            text,
        ),
        "utf-8",
    )
    build_site(small_content, output)
    return output


def test_a_session_says_when_where_and_how_to_join(output, small_content):
    (event,) = events(output / FILE)
    source = (small_content / SESSION).read_text("utf-8")
    starts, ends = (
        datetime.fromisoformat(re.search(rf"{name}: \"?([0-9: T-]+)", source)[1].strip() + "+07:00")
        for name in ("starts_at", "ends_at")
    )
    assert (instant(event["DTSTART"]), instant(event["DTEND"])) == (starts, ends)
    assert event["SUMMARY"] == "Hội nghị; phẩy, gạch \\ và một tên rất dài để phải xuống dòng ở giữa các chữ có dấu"
    assert event["URL"].endswith("/tap-huan/hoi-nghi-thang-12/") and event["URL"] in event["DESCRIPTION"].split("\n")
    assert event["STATUS"] == "CONFIRMED"


def test_another_program_reads_the_same(output):
    """The library vobject, which shares no code with icalendar."""
    for file in (FILE, ALL):
        (calendar,) = vobject.readComponents((output / file).read_text("utf-8"))
        read = [
            {child.name: child.value for child in one.getChildren() if child.name != "VALARM"}
            | {"ALARMS": [alarm.trigger.value for alarm in one.valarm_list]}
            for one in calendar.vevent_list
        ]
        instants = {"DTSTAMP", "CREATED", "LAST-MODIFIED", "DTSTART", "DTEND"}
        expected = [
            {name: instant(value) if name in instants else value for name, value in one.items()}
            | {"ALARMS": [timedelta(days=-1), timedelta(minutes=-30)]}
            for one in events(output / file)
        ]
        assert read == expected and len(read) == (1 if file == FILE else 2)
        assert calendar.x_published_ttl.value == "PT6H" and calendar.refresh_interval.value == "PT6H"


def test_all_sessions_stand_in_one_calendar_under_the_same_ids(output):
    found = {event["UID"]: event for event in events(output / ALL)}
    single = {event["UID"]: event for path in (output / "lich").glob("tap-huan-*.ics") for event in events(path)}
    assert found == single
    assert len(found) == 2


def test_the_id_stays_and_a_withdrawn_session_is_cancelled(output, small_content):
    (before,) = events(output / FILE)
    path = small_content / SESSION
    path.write_text(
        path.read_text("utf-8").replace("---\n", "---\nstatus: withdrawn\nwithdrawn_reason: Dời sang tháng sau.\n", 1), "utf-8"
    )
    build_site(small_content, output, allow_shrink=True)
    (now,) = events(output / FILE)
    assert (now["UID"], now["STATUS"], now["SUMMARY"]) == (before["UID"], "CANCELLED", f"Đã hủy: {before['SUMMARY']}")
    assert "Dời sang tháng sau." in now["DESCRIPTION"]
    assert now in events(output / ALL)


def test_the_page_offers_it_until_the_session_is_over(output):
    assert f'href="/{FILE}"' in (output / "tap-huan/hoi-nghi-thang-12/index.html").read_text("utf-8")
    assert "Thêm vào lịch" not in (output / "tap-huan/hoi-nghi-thang-10/index.html").read_text("utf-8")
    assert (output / "tap-huan/index.html").read_text("utf-8").count(f"/{ALL}") == 2


def test_a_minor_change_is_reported_too(output, small_content):
    path = small_content / SESSION
    path.write_text(path.read_text("utf-8").replace("---\n", "---\nmodified: 2026-11-20 09:00\n", 1), "utf-8")
    build_site(small_content, output)
    (event,) = events(output / FILE)
    assert (event["DTSTAMP"], event["LAST-MODIFIED"], event["CREATED"]) == (
        "20261120T020000Z",
        "20261120T020000Z",
        "20261115T170000Z",
    )


def test_without_a_session_there_is_no_calendar(small_content, tmp_path, output):
    for path in small_content.glob("tap-huan/hoi-nghi-*.md"):
        path.unlink()
    build_site(small_content, output)
    assert not (tmp_path / "output/lich").exists()
    assert ALL not in (tmp_path / "output/tap-huan/index.html").read_text("utf-8")


# ── what changes, by the history of git ─────────────────────────────────────────────────────────────────────────────────


def test_a_calendar_counts_the_changes_of_the_session_itself(tmp_path):
    """RFC 5545, 3.8.7.4: a program takes a new hour only with a higher SEQUENCE; a typing mistake is no change of a session."""
    room = Newsroom(tmp_path / "kho", 1, items=0)
    name, found = "tap-huan/hoi-nghi.md", []
    common = {
        "title": "Hội nghị",
        "date": "2026-01-05 08:00",
        "summary": "Tóm tắt.",
        "topic": "xa-hoi-so",
        "audience": ["nguoi-dan"],
    }
    room.files[name] = {**common, "session": {"starts_at": "2026-12-10 08:00", "ends_at": "2026-12-10 11:00"}}
    room.bodies[name] = "Nội dung.\n"

    def publish(**fields):
        room.now += timedelta(days=1)
        room.files[name] |= fields
        room.commit()
        build_site(
            room.folder / "content", tmp_path / "output", now=room.now, publishing=True, share_cards=False, allow_shrink=True
        )
        (event,) = events(tmp_path / "output/lich/tap-huan-hoi-nghi.ics")
        assert event["DTSTAMP"] == event["LAST-MODIFIED"]
        found.append(
            (event["SEQUENCE"], instant(event["DTSTAMP"]) == room.now.astimezone(UTC), event["STATUS"], len(event["ALARMS"]))
        )

    publish()
    room.bodies[name] = "Nội dung đã sửa.\n"
    publish()
    publish(session={"starts_at": "2026-12-10 09:30", "ends_at": "2026-12-10 11:00"})
    publish(session={"starts_at": "2026-12-10 09:30", "ends_at": "2026-12-10 11:00", "attendance": {"online": 5}})
    publish(status="withdrawn", withdrawn_reason="Hoãn.")
    publish(status="published")
    assert found == [
        ("0", True, "CONFIRMED", 2),
        ("0", False, "CONFIRMED", 2),
        ("1", True, "CONFIRMED", 2),
        ("1", False, "CONFIRMED", 2),
        ("2", True, "CANCELLED", 0),
        ("3", True, "CONFIRMED", 2),
    ]


def test_files_beside_a_page_move_and_go_with_it(small_content, tmp_path):
    """A subscriber of one session's calendar, and who mirrors items, follow a new address, and learn of a withdrawal."""
    session, gone = small_content / SESSION, small_content / "tin-tuc/2026/cho-phien.md"
    moved = session.with_name("hoi-nghi-moi.md")
    session.rename(moved)
    moved.write_text(moved.read_text("utf-8").replace("---\n", "---\naliases: [/tap-huan/hoi-nghi-thang-12/]\n", 1), "utf-8")
    gone.write_text(gone.read_text("utf-8").replace("---\n", "---\nstatus: withdrawn\nwithdrawn_reason: Nhầm.\n", 1), "utf-8")
    result = build_site(small_content, tmp_path / "output", publishing=True)
    maps = make_maps(result.release, result.site_plan.site)
    assert '"/lich/tap-huan-hoi-nghi-thang-12.ics" "/lich/tap-huan-hoi-nghi-moi.ics";' in maps["moved.map"].splitlines()
    assert '"/tap-huan/hoi-nghi-thang-12/index.json" "/tap-huan/hoi-nghi-moi/index.json";' in maps["moved.map"].splitlines()
    assert '"/tin-tuc/2026/cho-phien/index.json" 1;' in maps["gone.map"].splitlines()
