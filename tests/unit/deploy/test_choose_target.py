"""Which deployment target the settings of publishconf.py choose."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from chuyendoiso.deploy.targets import ObjectStore, ServerFolder, choose_target
from chuyendoiso.system.errors import WrongUse

OUTPUT = Path("output")


def choose(**named):
    return choose_target(OUTPUT, "/tin/", environment={"A": "b"}, now=now, say=print, **named)


def now():
    return datetime(2026, 11, 24, tzinfo=UTC)


def test_no_setting_is_no_target():
    assert choose() is None


@pytest.mark.parametrize(
    ("named", "place", "ssh", "wait"),
    [
        ({"folder": "/srv/trang"}, "/srv/trang", "ssh", 0),
        ({"folder": "may:/srv/trang", "ssh": ("ssh", "-p", "2222"), "wait": 60}, "may:/srv/trang", "ssh -p 2222", 60),
    ],
)
def test_a_folder_is_named_by_its_place(named, place, ssh, wait):
    target = choose(**named)
    assert isinstance(target, ServerFolder)
    assert (target.output, target.folder.place, target.folder.base_path, target.folder.wait) == (OUTPUT, place, "/tin/", wait)
    assert " ".join(target.folder.ssh).startswith(ssh)


def test_a_store_comes_before_a_folder():
    assert choose(remote="kho:trang", folder="/srv/trang") == ObjectStore(OUTPUT, "kho:trang", {"A": "b"}, now)


@pytest.mark.parametrize("folder", ["", "trang", "may:trang", "-oX:/srv"])
def test_a_malformed_folder_is_reported(folder):
    with pytest.raises(WrongUse, match="không đúng dạng"):
        choose(folder=folder)
