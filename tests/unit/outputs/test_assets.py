"""The bundled stylesheet says what its files say; each component's script is published under its name."""

import gzip
from pathlib import Path

from conftest import ROOT

from chuyendoiso.outputs.assets import ThemeText, plan_assets, read_components, read_modules, read_stylesheet
from chuyendoiso.outputs.pages.render_context import FRAME_HEIGHT, QR, SEARCH_WORKER


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
    assert read_stylesheet(write(tmp_path, main=main, base=base, page=page), "main").text == (
        '@layer base, page;\n@layer base{.a :is(b,i){color:red}.a::after{content:" (" attr(href) "): "}}\n'
        "@layer page{@media (min-width:48rem){.b :first-child,.b>a{margin:0 auto}}}\n\n"
    )


def test_the_address_changes_with_the_bytes(tmp_path):
    sheet, other = (read_stylesheet(write(tmp_path / name, main=f".{name} {{ margin: 0; }}\n"), "main") for name in ("a", "b"))
    assert sheet.path != other.path
    assert (sheet.path[:10], sheet.path[-4:]) == ("/css/main-", ".css")


def test_each_script_is_published_without_its_comments(tmp_path):
    theme = write(tmp_path, main="")
    (theme / "components/embed").mkdir(parents=True)
    (theme / "static/js").mkdir()
    source = '// một\n\nconst a = "https://a.vn//"; // hai\nif (a) {\n  // ba\n  b(`${a}  //`, /[/"]  x/gu);\n}\n'
    (theme / "components/embed/script.js").write_text(source, "utf-8")
    (theme / "static/js/a.js").write_text("", "utf-8")
    modules = read_modules(theme)
    minified = 'const a="https://a.vn//";if(a){b(`${a}  //`,/[/"]  x/gu);}'
    assert modules == (ThemeText("js", "a", ""), ThemeText("js", "embed", minified))
    planned = {output.path: output.make(output.inputs) for output in plan_assets(modules, ())}
    assert [planned[f"{module.path}".removeprefix("/")] for module in modules] == [b"", minified.encode()]
    assert modules[0].path == "/js/a-e3b0c44298fc.js"


def test_a_script_is_small_and_belongs_to_a_component_that_names_it():
    theme = ROOT / "theme"
    assert {file.stem for file in (theme / "static/js/vendor").glob("*.js")} == {QR}
    for module in read_modules(theme):
        if module.name in {QR, SEARCH_WORKER}:  # loaded by one of these
            continue
        if module.name == FRAME_HEIGHT:
            assert f'data-module="{module.name}"' in (theme / "templates/embed.html").read_text("utf-8")
            continue
        component = theme / "components" / module.name
        assert f'data-module="{module.name}"' in (component / "macro.html").read_text("utf-8")
        assert (component / "style.css").is_file()
    modules = read_modules(theme, preview=False)
    loaded = {module.name: len(gzip.compress(module.text.encode(), 9, mtime=0)) for module in modules}
    assert loaded.pop(FRAME_HEIGHT) <= 300  # frames load it alone
    search = loaded.pop("search") + loaded.pop("search-worker")
    assert search + loaded["text-size"] <= 12_000  # what the search page loads
    assert sum(loaded.values()) <= 8_000  # more than any other page loads


def test_every_component_has_examples_and_a_place_on_the_style_page():
    theme = ROOT / "theme"
    assert sorted(file.parent.name for file in theme.glob("components/*/macro.html")) == list(read_components(theme))
    sheet = (theme / "static/css/style.css").read_text("utf-8")
    styles = (file.relative_to(theme).as_posix() for file in theme.glob("components/*/*.css"))
    assert [name for name in sorted(styles) if f'"../../{name}"' not in sheet] == []
