"""The quick build: brings the words of a few files into the release that is shown, without loading, gathering and planning all the rest."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from chuyendoiso.bodies import Lost
from chuyendoiso.domain.site import Site
from chuyendoiso.engine.aside import aside
from chuyendoiso.engine.kept import Kept, opened
from chuyendoiso.order import Order
from chuyendoiso.release import store
from chuyendoiso.release.manifest import Release, Whole
from chuyendoiso.stamps import head_of
from chuyendoiso.standings import Change, MoreChanged, Standing, keep_changed, load_standings

FEW = 16  # more files than these are better read by workers


def update_words(order: Order, edited: Iterable[Path], whole: Whole) -> Release | None:
    """Bring edited files into the release that is shown, if that is the `whole` one; None where there is more to do.

    Another process reads the files, while this one loads what makes pages and feeds. Raises BuildStopped; the last release then stays.
    """
    names = {path.relative_to(order.content).as_posix(): path for path in edited if path.is_relative_to(order.content)}
    if not 0 < len(names) <= FEW or not all(name.endswith(".md") for name in names):
        return None
    with store.locked(order.output, order.wait) as folder, opened(store.kept_file(order.output)) as kept:
        if not _may_be_words(load_standings(kept, names), names):
            return None
        try:
            with aside(lambda: _read_again(kept, order, names)) as read_again:
                from chuyendoiso.bring import Bringing

                last = store.current_release(order.output)
                if last is None:
                    return None
                with Bringing(kept, last, order, folder) as bringing:
                    found = read_again()
                    if found is None or whole() != last.folder.name:
                        return None
                    site, changes = found
                    release = bringing.bring_in(site, list(changes.values()))
        except (Lost, MoreChanged):
            return None
        keep_changed(kept, {name: now for name, (_, now) in changes.items()})
        return release


def _may_be_words(standings: Mapping[str, Standing], names: Mapping[str, Path]) -> bool:
    """Tell whether the front matter of all files is as it was."""
    try:
        return all(
            name in standings and standings[name].paths is not None and standings[name].head == head_of(path.read_bytes())
            for name, path in names.items()
        )
    except OSError:  # told by whoever reads it again
        return False


def _read_again(kept: Kept, order: Order, names: Mapping[str, Path]) -> tuple[Site, dict[str, Change]] | None:
    from chuyendoiso.reworded import read_again

    return read_again(kept, order, names)
