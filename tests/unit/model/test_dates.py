"""Versions of content files → the dates that pullers are given."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from made_items import at, catalogue, cover, document, file, news, training

from chuyendoiso.content.schedule import correction_times
from chuyendoiso.model import urls
from chuyendoiso.model.content_types.training import Session
from chuyendoiso.model.history import FileHistory, History, Version, VersionFacts, make_history, make_timeline
from chuyendoiso.model.items import Correction, Related
from chuyendoiso.model.vocabulary import PublicationState

ALL = urls.FEED_OF_ALL
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SOURCE = "tin-tuc/2026/bai.md"


def facts(status="published", topic="xa-hoi-so", session="", folder="tin-tuc"):
    return VersionFacts(folder, status, topic, session)


def versions(*commits):
    """Return versions of the days 1, 2, 3 …"""
    return [Version(at(day), day, commit_facts) for day, commit_facts in enumerate(commits, 1)]


def history(*commits, name=SOURCE):
    return make_history({name: versions(*commits)})


P, D, W = facts(), facts("draft"), facts("withdrawn")


@pytest.mark.parametrize(
    ("commits", "first", "changed", "withdrawn", "restored"),
    [
        ([P], 1, 1, None, None),
        ([P, P, P], 1, 3, None, None),
        ([D, D, P, P], 3, 4, None, None),  # readers had it from the third
        ([D, D], 1, 2, None, None),
        ([P, W], 1, 2, 2, None),
        ([P, W, W], 1, 3, 2, None),  # a typing mistake in a notice
        ([W], 1, 1, 1, None),
        ([P, W, P], 1, 3, None, 3),
        ([P, W, P, P], 1, 4, None, 3),
        ([P, W, P, W], 1, 4, 4, None),
        ([P, W, D, P], 1, 4, None, 4),
        ([P, None, P], 1, 3, None, None),  # deleted, and there again
        ([P, W, None, P], 1, 4, None, 4),
    ],
)
def test_a_file_has_its_first_and_last_commit_and_those_that_withdrew_and_restored_it(commits, first, changed, withdrawn, restored):
    file = history(*commits).files[SOURCE]
    days = [as_of and as_of.day for as_of in (file.first, file.changed, file.withdrawn, file.restored)]
    assert days == [first, changed, withdrawn, restored]


@pytest.mark.parametrize(
    ("commits", "departures"),
    [
        ([P, P, W], {}),
        ([P, D], {ALL: 2, "tin-tuc": 2, "chu-de/xa-hoi-so": 2}),
        ([P, None], {ALL: 2, "tin-tuc": 2, "chu-de/xa-hoi-so": 2}),
        ([P, facts(topic="kinh-te-so")], {"chu-de/xa-hoi-so": 2}),
        ([P, facts(folder="van-ban")], {"tin-tuc": 2}),
        ([D, D, None], {}),
    ],
)
def test_departures_from_selections_without_a_notice(commits, departures):
    assert {name: as_of.day for name, as_of in history(*commits).departures.items()} == departures


def test_a_session_changes_with_the_fields_that_calendars_show():
    before, after = facts(session="8 giờ"), facts(session="9 giờ")
    file = history(facts("draft", session="7 giờ"), before, before, after, after, name="tap-huan/a.md").files["tap-huan/a.md"]
    assert (file.session_changes, file.session_changed.day) == (1, 4)
    assert history(P).files[SOURCE].session_changed is None


def dates(item, history=None):
    gone = item.state is PublicationState.WITHDRAWN
    return make_timeline(catalogue(*([] if gone else [item]), withdrawn=[item] * gone), history, at(30)).of(item)


def of_file(**changes):
    return History({SOURCE: FileHistory(**{"first": at(1), "number": 1, "changed": at(1), **changes})})


def test_without_a_history_the_front_matter_has_the_dates():
    item = news(date=at(3), modified=at(5), change_note="Sửa.")
    actual = dates(item)
    assert (actual.updated, actual.changed, actual.arrived, actual.sequence) == (at(5), at(5), (at(3), 0, at(3)), 0)


def test_a_typing_mistake_moves_changed_alone():
    actual = dates(news(date=at(3)), of_file(changed=at(9)))
    assert (actual.updated, actual.changed) == (at(3), at(9))


def test_a_correction_moves_updated():
    item = news(date=at(3), corrections=(Correction(at(7).date(), "Sai số.", at(7, 0)),))
    assert dates(item, of_file(changed=at(7))).updated == at(7, 0)


def test_a_date_that_is_corrected_moves_nothing_in_the_archive():
    scheduled, later = facts()._replace(majors=("2026-11-05 08:00",)), facts()._replace(majors=("2026-11-20 08:00",))
    history = make_history({SOURCE: [Version(at(1), 1, scheduled), Version(at(25), 2, later)]})
    assert dates(news(date=at(20)), history).arrived == (at(5), 1, at(5))


def test_an_item_dated_back_arrives_with_its_commit_and_a_scheduled_one_with_its_date():
    assert dates(news(date=at(1)), of_file(first=at(6), number=4)).arrived == (at(6), 4, at(1))
    assert dates(news(date=at(9)), of_file(first=at(6), number=4)).arrived == (at(9), 4, at(9))


def test_a_notice_is_later_than_its_entry_and_what_is_restored_later_than_both():
    gone = news(date=at(3), state=PublicationState.WITHDRAWN, modified=at(8), change_note="Sửa.")
    assert dates(gone, of_file(changed=at(6), withdrawn=at(6))).withdrawn == at(8) + timedelta(seconds=1)
    assert dates(gone, of_file(changed=at(9), withdrawn=at(9))).withdrawn == at(9)
    back = news(date=at(3), modified=at(8), change_note="Sửa.")
    assert dates(back, of_file(changed=at(7), restored=at(7), turns=2)).updated == at(8) + timedelta(seconds=2)
    assert dates(back, of_file(changed=at(9), restored=at(9), turns=2)).updated == at(9)


def test_what_is_withdrawn_and_restored_in_one_second_is_later_each_time():
    same = [Version(at(1), number, version) for number, version in enumerate((P, W, P, W), 1)]
    times = []
    for count in range(1, 5):
        item = news(state=PublicationState.WITHDRAWN if count % 2 == 0 else PublicationState.PUBLISHED, date=at(1))
        dates_then = dates(item, make_history({SOURCE: same[:count]}))
        times.append(dates_then.withdrawn if count % 2 == 0 else dates_then.updated)
    assert times == [at(1) + timedelta(seconds=seconds) for seconds in range(4)]


def test_a_date_that_is_corrected_does_not_set_updated_back():
    first, second = facts()._replace(majors=("2026-11-05 08:00",)), facts()._replace(majors=("2026-11-02", "2026-11-29 08:00"))
    history = make_history({SOURCE: [Version(at(6), 1, first), Version(at(7), 2, second)]})
    assert dates(news(date=at(2, 0)), history).updated == at(29)
    assert make_timeline(catalogue(news(date=at(2, 0))), history, at(28)).of(news()).updated == at(5)
    assert dates(news(date=at(2, 0)), history).arrived == (at(6), 1, at(5))
    never = make_history({SOURCE: [Version(at(4), 1, first), Version(at(4, 9), 2, facts())]})  # it was to be published on the fifth
    assert dates(news(date=at(2)), never).updated == at(2)


def test_an_item_changes_with_the_pictures_and_files_that_it_shows():
    picture, pdf = cover("a"), file("f")
    items = (news(cover=picture, date=at(1)), document(files=(pdf,), date=at(1)))
    history = History(
        {item.source: FileHistory(at(1), 1, at(1)) for item in items}, media={picture.picture.source: at(3), pdf.source: at(4)}
    )
    timeline = make_timeline(catalogue(*items), history, at(30))
    assert [timeline.of(item).changed for item in items] == [at(3), at(4)]


def test_a_document_changes_with_whatever_names_its_number():
    item = document(date=at(1), amends=(Related("9/NĐ-CP", None, None),))
    for number in ("1/qđ-ubnd", "9/nđ-cp"):
        history = History({item.source: FileHistory(at(1), 1, at(1))}, numbers={number: at(5)})
        assert make_timeline(catalogue(item), history, at(30)).of(item).changed == at(5)


def test_a_document_changes_on_the_days_of_its_validity():
    item = document(date=at(3), effective_on=at(9).date(), expires_on=at(25).date())
    history = History({item.source: FileHistory(at(1), 1, at(1))})
    for day, expected in ((5, at(3)), (9, at(9, 0)), (24, at(9, 0)), (25, at(25, 0))):
        assert make_timeline(catalogue(item), history, at(day)).of(item).changed == expected


def test_a_document_changes_with_those_that_end_its_validity():
    other = document("moi", date=at(2), effective_on=at(8).date())
    item = document("cu", date=at(1), replaced_by=(Related("2/QĐ-UBND", other.path, "Mới"),))
    timeline = make_timeline(catalogue(item, other), None, at(30))
    assert (timeline.of(item).changed, timeline.of(item).updated) == (at(8, 0), at(1))


def test_a_file_that_is_to_be_published_again_has_left_its_feeds():
    file_history = history(P, P)
    assert make_timeline(catalogue(), file_history, at(30)).departures[ALL] == at(2)
    assert ALL not in make_timeline(catalogue(news()), file_history, at(30)).departures


def test_a_session_is_dated_by_its_own_changes():
    session = Session(at(20), at(21), None, None, (), (), (), None, None, "before")
    item = training(session=session, date=at(2))
    file_history = History({item.source: FileHistory(at(1), 1, at(9), session_changes=2, session_changed=at(5))})
    assert (dates(item, file_history).sequence, dates(item, file_history).session, dates(item, file_history).changed) == (
        2,
        at(5),
        at(9),
    )


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([25], ["2026-11-25T00:00:00"]),
        ([24], ["2026-11-24T08:00:01"]),  # of the day of publication: later than that
        ([24, 24, 25], ["2026-11-24T08:00:01", "2026-11-24T08:00:02", "2026-11-25T00:00:00"]),
        ([25, 25], ["2026-11-25T00:00:00", "2026-11-25T00:00:01"]),
        ([20, 24], ["2026-11-20T00:00:00", "2026-11-24T08:00:01"]),
    ],
)
def test_each_correction_has_an_instant_after_what_it_corrects(days, expected):
    updated = datetime(2026, 11, 24, 1, tzinfo=UTC)
    times = correction_times([datetime(2026, 11, day).date() for day in days], updated, ZONE)
    assert [as_of.astimezone(ZONE).replace(tzinfo=None).isoformat() for as_of in times] == expected
