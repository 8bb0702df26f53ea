"""`invoke fields`."""

from chuyendoiso.cli.command_line import Context, command


@command()
def fields(c: Context) -> None:
    """In bảng các trường cho hướng dẫn biên tập (docs/bien-tap.md)."""
    from chuyendoiso.authoring.field_tables import make_tables

    for title, table in make_tables().items():
        print(f"### {title}\n\n{table}\n")
