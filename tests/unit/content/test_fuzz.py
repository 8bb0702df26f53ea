"""A few hundred cases of `fuzz.py` by a fixed seed: no reader raises what it does not document."""

from fuzz import fuzz


def test_no_reader_crashes_on_broken_input(tmp_path):
    done, failed = fuzz(2026, tmp_path, count=600)
    assert (done, [path.with_suffix(".txt").read_text("utf-8") for path in failed]) == (600, [])
