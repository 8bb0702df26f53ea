"""Holds that a damaged object is never read, and that an older one without a checksum is."""

import json
import random

import pytest

from chuyendoiso.system.sealed_json import dump_sealed, load_sealed

VALUE = {"version": 2, "tên": "Chuyển đổi số", "items": {"a": [1, None]}}


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("value", [VALUE, {"a": []}])
def test_a_sealed_object_can_be_loaded_and_is_json(value, compact):
    text = dump_sealed(value, compact=compact)
    assert load_sealed(text) == load_sealed(text + "\n") == value
    assert {"sha256", *value} == json.loads(text).keys()


@pytest.mark.parametrize("seed", range(50))
def test_a_flipped_or_missing_byte_is_refused(seed):
    choice, data = random.Random(seed), bytearray(dump_sealed(VALUE).encode())
    place = choice.randrange(len(data))
    if seed % 2:
        data[place] ^= 1 << choice.randrange(8)
    else:
        del data[place:]
    with pytest.raises(ValueError, match=r"."):
        load_sealed(data.decode(), version="version", unsealed=1)


@pytest.mark.parametrize(("version", "reads"), [(1, True), (2, False)])
def test_only_an_older_version_needs_no_checksum(version, reads):
    text = json.dumps({"version": version})
    if reads:
        assert load_sealed(text, version="version", unsealed=1) == {"version": 1}
    else:
        with pytest.raises(ValueError, match="thiếu mã kiểm"):
            load_sealed(text, version="version", unsealed=1)
