"""Holds that an output comes back as it was planned, with other bodies where they are asked for, and that what is no longer used goes."""

import pytest

from chuyendoiso.domain.model import BodyRef
from chuyendoiso.domain.output import Call, Output, shared
from chuyendoiso.engine.kept import Kept
from chuyendoiso.engine.recipes import RECIPE, VALUE, Recipes, Task

BODY, OTHER, NEW = BodyRef("một", ()), BodyRef("hai", ()), BodyRef("ba", ())
FRAME = shared(("khung", shared("bên trong")))


def make(inputs, given):
    return b""


def page(path, *bodies):
    return Output(path, (FRAME, Call(make, (path, *bodies))), make, path, bodies)


@pytest.fixture
def recipes():
    found = Recipes(Kept(None))
    found.keep([Task(page("a", BODY), "1", {}), Task(page("b", BODY, OTHER), "2", {}), Task(Output("c", "x", make, "c"), "3", {})])
    return found


def test_they_come_back_as_they_were(recipes):
    assert recipes.load({"a": "1", "b": "2"}, {}) == [page("a", BODY), page("b", BODY, OTHER)]
    assert [repr(one) for one in recipes.load({"b": "2"}, {})] == [repr(page("b", BODY, OTHER))]


def test_with_another_body_it_is_the_output_planned_with_that(recipes):
    assert [repr(one) for one in recipes.load({"a": "1", "b": "2"}, {BODY.digest: NEW})] == [
        repr(page("a", NEW)),
        repr(page("b", NEW, OTHER)),
    ]


@pytest.mark.parametrize("wanted", [{"a": "9"}, {"d": "1"}, {"c": "3"}, {"a": "1", "b": "9"}])
def test_what_is_not_kept_as_it_was_made_last_is_not_given(recipes, wanted):
    assert recipes.load(wanted, {}) is None


def test_a_value_is_kept_once_and_missed_if_it_is_gone(recipes):
    assert recipes.kept.count(VALUE) == 2
    recipes.kept.put_pickled(VALUE, {repr(FRAME): b"x"})
    assert recipes.load({"a": "1"}, {}) is None
    recipes.kept.keep_only(VALUE, ())
    assert recipes.load({"a": "1"}, {}) is None


@pytest.mark.parametrize(("made", "standing", "room"), [(0, 2, False), (1, 2, False), (2, 0, True), (9, 2, True), (0, 0, False)])
def test_room_is_made_where_most_is_no_longer_used(recipes, made, standing, room):
    assert recipes.make_room(made, standing) is room
    assert (recipes.kept.count(RECIPE) == 0) is room
    if not room:
        for number in range(20):
            recipes.kept.put(VALUE, {f"cũ {number}": number})
        assert recipes.make_room(made, standing)
