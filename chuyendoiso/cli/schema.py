"""`invoke schema`."""

from pathlib import Path

from chuyendoiso.cli.command_line import Context, command


@command(help={"content": "thư mục nội dung", "out": "thư mục để ghi"})
def schema(c: Context, content: str = "content", out: str = ".vscode/schemas") -> None:
    """Ghi lược đồ JSON Schema của các trường, cho VS Code và các trình soạn thảo khác."""
    import json

    from chuyendoiso.authoring.json_schema import schemas
    from chuyendoiso.content.site_config import site_of

    Path(out).mkdir(parents=True, exist_ok=True)
    for name, json_schema in schemas(site_of(Path(content).resolve())).items():
        Path(out, f"{name}.schema.json").write_text(json.dumps(json_schema, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"Đã ghi lược đồ vào {out}.")
