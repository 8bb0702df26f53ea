"""Script in any field or body is refused or becomes text: more than 500 payloads, judged by an independent HTML parser in pages and feeds."""

import itertools
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest
from conftest import SITES, build_site, order
from lxml import etree

from chuyendoiso import build
from chuyendoiso.domain.problems import ContentRejected
from chuyendoiso.progress import Progress

CALL = "alert(1)"
SCHEMES = (
    "javascript:", "JaVaScRiPt:", "java\tscript:", "java\nscript:", "\x01javascript:".replace("\x01", " "), "javascript&colon;", "&#106;avascript:",
    "&#x6A;avascript&#58;", "vbscript:", "data:text/html,", "data:image/svg+xml,", "//evil.example/", "feed:javascript:", "blob:",
)  # fmt: skip
ELEMENTS = (
    "a", "img", "svg", "iframe", "object", "embed", "form", "input", "button", "video", "audio", "details", "math", "body", "link", "meta",
    "base", "style", "script", "template", "marquee", "isindex", "table", "p", "h2", "td", "noscript", "textarea", "select", "frameset",
)  # fmt: skip
HANDLERS = (
    "onerror",
    "onload",
    "onclick",
    "onmouseover",
    "onfocus",
    "ontoggle",
    "onanimationstart",
    "OnErRoR",
    "on error",
    "formaction",
    "style",
)
ADDRESSES = ("href", "src", "xlink:href", "action", "data", "background", "poster", "srcset", "srcdoc")
MARKDOWN = (
    "[a]({scheme}alert(1))", "[a](<{scheme}alert(1)>)", "![a]({scheme}alert(1))", "[a][x]\n\n[x]: {scheme}alert(1)", "<{scheme}alert(1)>",
    "[a](https://a.vn/ \"x\" onclick=alert(1))", "**<b onclick={scheme}>a</b>**",
)  # fmt: skip
ODDITIES = (
    "<script>alert(1)</script>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<script/src=//evil.example/x.js>", "<script\n>alert(1)</script\n>",
    "</title><script>alert(1)</script>", "</p></main></body><script>alert(1)</script>", "<!--><script>alert(1)</script>-->", "<![CDATA[<script>alert(1)</script>]]>",
    "\"><script>alert(1)</script>", "'><img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)//", "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<a href=\"https://a.vn\" style=\"background:url(javascript:alert(1))\">x</a>", "<style>@import '//evil.example/x.css';</style>",
    "`<script>alert(1)</script>`", "```\n<script>alert(1)</script>\n```", "&lt;script&gt;alert(1)&lt;/script&gt;", "{{ 7*7 }}{% raw %}", "<?php x ?>",
    "<h2 id=\"cds--main\">a</h2>", "<a name=\"x\" id=\"constructor\">a</a>", "]]><script>alert(1)</script>", "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=\"0;url=//evil.example\">", "<a href='cds:6a617661736372697074'>a</a>", "<img src='cds:61' alt=a>",
    "<figure><img src=x alt=\"<script>alert(1)</script>\"></figure>", "<a href=\"https://a.vn\" title='\"><script>alert(1)</script>'>a</a>",
)  # fmt: skip


def payloads() -> list[str]:
    found = [f"<{element} {handler}={CALL}>x</{element}>" for element, handler in itertools.product(ELEMENTS, HANDLERS)]
    found += [
        f'<{element} {name}="{SCHEMES[index % len(SCHEMES)]}{CALL}">x'
        for index, (element, name) in enumerate(itertools.product(ELEMENTS, ADDRESSES))
    ]
    found += [form.format(scheme=scheme) for form, scheme in itertools.product(MARKDOWN, SCHEMES)]
    return [*dict.fromkeys(found), *ODDITIES]


PAYLOADS = payloads()
REFUSED = {"bad-link", "outside-media", "missing-alt", "missing-target", "missing-address", "missing-file", "missing-anchor"}
TAGS = {
    "script", "iframe", "object", "embed", "svg:script", "form", "input", "button", "style", "base", "meta", "template", "math", "video",
    "audio", "marquee", "link", "textarea", "select", "frameset", "noscript",
}  # fmt: skip


def one_line(payload: str) -> str:
    return " ".join(payload.split())[:150].strip()


def write(content: Path, bodies: list[str]) -> None:
    for number, (payload, body) in enumerate(zip(PAYLOADS, bodies, strict=True)):
        text = "'" + one_line(payload).replace("'", "''") + "'"
        tag = "'" + f"{number} {one_line(payload)[:40]}".replace("'", "''").strip() + "'"
        header = f"title: {text}\ndate: 2026-01-01 08:{number % 60:02}\nsummary: {text}\ntopic: xa-hoi-so\ntags: [{tag}]\nauthors: [{text}]"
        (content / f"tin-tuc/2026/x{number}.md").write_text(f"---\n{header}\n---\n\n{body}\n", "utf-8")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    """A site of an article a payload, in its title, summary, tag, author and body; a body that is refused gives way to plain text."""
    folder = tmp_path_factory.mktemp("hostile")
    content = folder / "content"
    (content / "tin-tuc/2026").mkdir(parents=True)
    (content / "site.yml").write_text((SITES / "base.yml").read_text("utf-8"), "utf-8")
    bodies = list(PAYLOADS)
    write(content, bodies)
    with pytest.raises(ContentRejected) as rejected:
        build.read(order(content, folder / "output"), Progress(quiet=True))
    assert {problem.rule for problem in rejected.value.problems} <= REFUSED
    for problem in rejected.value.problems:
        bodies[int(re.findall(r"/x(\d+)\.md$", problem.path)[0])] = "Chữ."
    write(content, bodies)
    build_site(content, folder / "output")
    return (folder / "output").resolve()


def dangers(markup: str) -> list[str]:
    """Return what in parsed markup could run or load something."""
    found = []
    for element in html5lib.parseFragment(markup, treebuilder="lxml", namespaceHTMLElements=False):
        if isinstance(element, str):
            continue
        for node in element.iter(tag=etree.Element):
            if str(node.tag) in TAGS:
                found.append(str(node.tag))
            for name, value in node.attrib.items():
                if name.lower().startswith("on") or name in {
                    "style",
                    "srcdoc",
                    "formaction",
                    "action",
                    "background",
                    "poster",
                    "data",
                }:
                    found.append(f"{node.tag} {name}")
                if name in {"href", "src"} and not re.fullmatch(r"(?:https?|mailto|tel)?", urlsplit(value.strip()).scheme):
                    found.append(f"{node.tag} {name}={value}")
                if name == "src" and value.startswith(("//", "http")) and "tin.thu-nghiem.vn" not in value:
                    found.append(f"{node.tag} {name}={value}")
    return found


def test_there_are_more_than_500_payloads():
    assert len(PAYLOADS) > 500


def test_no_page_runs_or_loads_anything(hostile):
    harmful = {}
    for path in sorted(hostile.rglob("*.html")):
        text = path.read_text("utf-8")
        main = text[text.index("<main") : text.index("</main>")] if "<main" in text else text[text.index("<body") :]
        head = text[: text.index("<body")]
        if found := dangers(main):
            harmful[path.parent.name] = found
        if re.search(r"<(?:script|style|base)\b", head, re.IGNORECASE):
            harmful[f"{path.parent.name} head"] = head
        assert text.count("</main>") <= 1
    assert harmful == {}


def test_no_feed_runs_or_loads_anything_and_its_text_is_the_payload(hostile):
    titles = {one_line(payload) for payload in PAYLOADS}
    for path in sorted((hostile / "feeds").rglob("feed.json")):
        for item in json.loads(path.read_text("utf-8"))["items"]:
            assert dangers(item["content_html"]) == []
            assert {item["title"], item["summary"], item["authors"][0]["name"]} <= titles
    for path in sorted((hostile / "feeds").rglob("*.xml")):
        for node in etree.parse(path).iter(
            "{http://purl.org/rss/1.0/modules/content/}encoded", "{http://www.w3.org/2005/Atom}content"
        ):
            assert dangers(node.text) == []


def test_the_judge_sees_what_it_is_for():
    seen = [payload for payload in PAYLOADS if dangers(payload)]
    assert len(seen) > len(PAYLOADS) / 2
    assert dangers("<p>Chữ <b>đậm</b> <a href='/van-ban/' title='x'>a</a> <img src='/a.jpg' alt='b'></p>") == []
