"""`invoke sbom`."""

from pathlib import Path

from chuyendoiso.cli.command_line import ROOT, Context, command, need_package
from chuyendoiso.system.errors import BuildStopped


def _write(file: str, text: str) -> None:
    try:
        Path(file).write_text(text, "utf-8", newline="\n")
    except OSError as error:
        from chuyendoiso.system.os_errors import explain

        raise BuildStopped(f"Không ghi được {file}: {explain(error)}.") from None


@command(help={"out": "tệp để ghi"})
def sbom(c: Context, out: str = "sbom.cdx.json") -> None:
    """Ghi danh mục thành phần phần mềm (CycloneDX 1.6): gói Python, phông chữ, mã của bên thứ ba."""
    from chuyendoiso.ops.packages import read_inventory
    from chuyendoiso.system.git import commit_time

    need_package("cyclonedx", "make sbom")
    from chuyendoiso.ops.bill_of_materials import encode_bom, make_bom

    inventory = read_inventory(ROOT)
    _write(out, encode_bom(make_bom(inventory, commit_time(ROOT))))
    print(f"Đã ghi {out}: {len(inventory.packages)} gói Python, {len(inventory.vendored)} gói npm trong giao diện.")
