"""The bundled stylesheet says what its files say."""

from pathlib import Path

from chuyendoiso.assets import read_stylesheet


def write(theme: Path, **files: str) -> Path:
    folder = theme / "static/css"
    folder.mkdir(parents=True)
    for name, css in files.items():
        (folder / f"{name}.css").write_text(css, "utf-8")
    return theme


def test_each_import_becomes_its_layer_and_selectors_keep_their_spaces(tmp_path):
    main = '@layer base, page;\n@import url("base.css") layer(base);\n@import url("page.css") layer(page);\n'
    base = '/* a note */\n.a :is(b, i) { color: red; }\n.a::after { content: " (" attr(href) "): "; }\n'
    page = "@media (min-width: 48rem) {\n  .b :first-child, .b > a { margin: 0 auto; }\n}\n"
    assert read_stylesheet(write(tmp_path, main=main, base=base, page=page)).css == (
        '@layer base, page;\n@layer base{.a :is(b,i){color:red}.a::after{content:" (" attr(href) "): "}}\n'
        "@layer page{@media (min-width:48rem){.b :first-child,.b>a{margin:0 auto}}}\n\n"
    )


def test_the_address_changes_with_the_bytes(tmp_path):
    one, other = (read_stylesheet(write(tmp_path / name, main=f".{name} {{ margin: 0; }}\n")) for name in ("a", "b"))
    assert one.path != other.path
    assert (one.path[:10], one.path[-4:]) == ("/css/site-", ".css")
