"""A release that lies in one folder, to be verified."""

from chuyendoiso.release.verify import ReleaseFiles


def tree_of(folder, origin, base_path):
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return ReleaseFiles(names, lambda name: folder / name, origin, base_path)
