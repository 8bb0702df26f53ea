"""What is told of a published release, beside it: where it comes from and, where the library for that is installed, what it was made with."""

from importlib.util import find_spec
from pathlib import Path

from chuyendoiso.ops.build_provenance import read_surroundings, write_provenance
from chuyendoiso.ops.packages import read_parts
from chuyendoiso.release.manifest import parts_of, write_whole
from chuyendoiso.release.store import current_release_dir
from chuyendoiso.system.errors import BuildStopped
from chuyendoiso.system.git import commit_time
from chuyendoiso.system.os_errors import explain


def write_origin(content: Path, code: Path, output: Path, authority: str) -> None:
    """Write both beside the release that an output shows. Raises BuildStopped."""
    write_provenance(output, read_surroundings(content, code, authority))
    folder = current_release_dir(output)
    if folder is None or find_spec("cyclonedx") is None:
        return
    from chuyendoiso.ops.bill_of_materials import encode_bom, make_bom

    try:
        write_whole(parts_of(folder), encode_bom(make_bom(read_parts(code), commit_time(code))))
    except OSError as error:
        raise BuildStopped(f"Không ghi được {parts_of(folder)}: {explain(error)}.") from error
