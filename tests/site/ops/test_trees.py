"""The tree hash: what it is over, and what it tells apart."""

import hashlib

import pytest
from conftest import SITES, build_site

from chuyendoiso.ops.build_provenance import require_release
from chuyendoiso.ops.checksums import read_digests
from chuyendoiso.release.manifest import tree_hash
from chuyendoiso.system.errors import WrongUse

A, B = "a" * 64, "b" * 64


def test_the_hash_is_over_paths_and_digests_in_order():
    expected = hashlib.sha256(f"a/tệp.html\0{A}\0z.html\0{B}\0".encode()).hexdigest()
    assert tree_hash({"z.html": B, "a/tệp.html": A}) == tree_hash({"a/tệp.html": A, "z.html": B}) == expected


OTHERS = [{}, {"x": A}, {"x": B}, {"y": A}, {"x": A, "y": A}, {"x": A, "y": B}, {"x": B, "y": A}, {"xy": A}, {"x/y": A}]


def test_what_differs_has_another_hash():
    assert len({tree_hash(one) for one in OTHERS}) == len(OTHERS)


def test_the_list_of_a_release_says_what_lies_there(small):
    release = require_release(small)
    assert release.digests == read_digests(small.resolve())


def test_no_release_is_reported(tmp_path):
    with pytest.raises(WrongUse) as wrong:
        require_release(tmp_path / "output")
    assert str(wrong.value) == "output chưa có bản dựng nào. Cách sửa: chạy make html hoặc make publish trước."


def test_other_surroundings_give_the_same_hash(small, tmp_path):
    built = build_site(SITES / "small", tmp_path / "elsewhere" / "output").release
    assert tree_hash(built.digests) == tree_hash(require_release(small).digests)
