"""Payloads that would run or load something where they met a careless page, and a site that has them in every place of an editor's."""

import itertools
import re
from pathlib import Path

import pytest
from conftest import SITES, SOAK, build_site, order

from chuyendoiso.build import pipeline
from chuyendoiso.model.problems import ContentRejected, errors
from chuyendoiso.system.progress import Progress

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
    "<div data-module=embed class=cds-embed><p class=cds-embed__title>x</p><a href=https://evil.example/>x</a></div>",
    "<figure><img src=x alt=\"<script>alert(1)</script>\"></figure>", "<a href=\"https://a.vn\" title='\"><script>alert(1)</script>'>a</a>",
)  # fmt: skip

# "HOST" is a host that site.yml names.
HOST = "phat.thu-nghiem.vn"
FRAMES = (
    f"<iframe src='https://{HOST}/1' title='\"><script>alert(1)</script>'></iframe>", f"<IFRAME/SRC=https://{HOST}/2?a=1&amp;b=2 ONLOAD=alert(1)></IFRAME>",
    f"<iframe src='&#104;ttps://{HOST}/3#\"><img src=x onerror=alert(1)>'></iframe>", f"<iframe src=https://{HOST}/4><img src=x onerror=alert(1)></iframe>",
    f"<iframe src=https://{HOST}/5>", f"<iframe src=https://{HOST}/6 srcdoc='<script>alert(1)</script>'></iframe>", "<iframe srcdoc='&lt;script>alert(1)&lt;/script>'></iframe>",
    f"<svg><iframe src=https://{HOST}/7></iframe></svg>", f"<math><iframe src=https://{HOST}/8><img src=x onerror=alert(1)></iframe></math>",
    f"<svg><foreignObject><iframe src=https://{HOST}/9 onload=alert(1)></iframe></foreignObject></svg>", "<iframe src=//evil.example></iframe>",
    f"<iframe src=https://{HOST}@evil.example/></iframe>", f"<iframe src=https://{HOST}.evil.example/></iframe>", f"<iframe src=https://evil.example/{HOST}></iframe>",
    f"<iframe src='https://evil.example\\@{HOST}/'></iframe>", f"<iframe src='https://evil.example&Tab;/{HOST}'></iframe>", f"<iframe src='https://{HOST}&NewLine;.evil.example/'></iframe>",
    f"<iframe src=http://{HOST}/></iframe>", f"<iframe src=https://{HOST}:8443/></iframe>", "<iframe src=https://ph\u00e1t.thu-nghiem.vn/></iframe>", "<iframe src='java&#10;script:alert(1)'></iframe>",
    f"<iframe src=https://{HOST}/10></iframe/x><script>alert(1)</script>", f"<a href=https://evil.example/><iframe src=https://{HOST}/11></iframe></a>",
    f"<noscript><iframe src=https://{HOST}/12></noscript><img src=x onerror=alert(1)>", f"<iframe src=https://{HOST}/13><!--</iframe><img src=x onerror=alert(1)>-->",
    f"<p title='<iframe src=https://{HOST}/14>'>a</p>", "<object data=https://evil.example/><embed src=https://evil.example/></object>", "<frameset><frame src=javascript:alert(1)></frameset>",
)  # fmt: skip


def payloads() -> list[str]:
    found = [f"<{element} {handler}={CALL}>x</{element}>" for element, handler in itertools.product(ELEMENTS, HANDLERS)]
    found += [
        f'<{element} {name}="{SCHEMES[index % len(SCHEMES)]}{CALL}">x'
        for index, (element, name) in enumerate(itertools.product(ELEMENTS, ADDRESSES))
    ]
    found += [form.format(scheme=scheme) for form, scheme in itertools.product(MARKDOWN, SCHEMES)]
    return [*dict.fromkeys(found), *ODDITIES, *FRAMES]


PAYLOADS = payloads()
REFUSED = {
    "bad-link",
    "outside-media",
    "missing-alt",
    "missing-target",
    "missing-address",
    "missing-file",
    "missing-anchor",
    "embedded-frame",
    "embedded-object",
}

# 26 has no factor of 3, 5, 7 or 11 in common with the tables that the payloads are products of: each row and column is met.
NUMBERS = sorted(
    range(len(PAYLOADS)) if SOAK else {*range(0, len(PAYLOADS), 26), *(PAYLOADS.index(payload) for payload in (*ODDITIES, *FRAMES))}
)
LABELS = 20  # of attachments or materials in one item


def one_line(payload: str) -> str:
    return " ".join(payload.split())[:150].strip()


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def write_articles(content: Path, bodies: dict[int, str]) -> None:
    """Write an article a payload, with it in title, summary, tag and author; its body, named by the payload's number, is given."""
    (content / "tin-tuc/2026").mkdir(parents=True, exist_ok=True)
    for number, body in bodies.items():
        text, tag = quoted(one_line(PAYLOADS[number])), quoted(f"{number} {one_line(PAYLOADS[number])[:40]}".strip())
        header = f"title: {text}\ndate: 2026-01-01 08:{number % 60:02}\nsummary: {text}\ntopic: xa-hoi-so\ntags: [{tag}]\nauthors: [{text}]"
        (content / f"tin-tuc/2026/x{number}.md").write_text(f"---\n{header}\n---\n\n{body}\n", "utf-8")


def write_labels(content: Path, numbers: list[int]) -> None:
    """Write documents and trainings with a payload in the label of each attachment and material."""
    for folder in ("van-ban", "tap-huan", "media"):
        (content / folder).mkdir()
    (content / "media/a.pdf").write_bytes((SITES / "small/media/van-ban/1-qd.pdf").read_bytes())
    for first in range(0, len(numbers), LABELS):
        labels = [quoted(one_line(PAYLOADS[number])) for number in numbers[first : first + LABELS]]
        header = f"title: Tên {first}\ndate: 2026-02-01\nsummary: {labels[0]}\ntopic: xa-hoi-so"
        files = "\n".join(f"  - {{file: /media/a.pdf, label: {label}}}" for label in labels)
        document = f"document_number: {first + 1}/QĐ\ndocument_type: Quyết định\nissuing_body: ubnd\nissued_on: 2026-01-01\nsubject: {labels[-1]}"
        (content / f"van-ban/x{first}.md").write_text(f"---\n{header}\n{document}\nattachments:\n{files}\n---\n\nChữ.\n", "utf-8")
        links = "\n".join(f'  - {{url: "https://a.vn/{first}", label: {label}, format: {label}}}' for label in labels)
        (content / f"tap-huan/x{first}.md").write_text(
            f"---\n{header}\naudience: [nguoi-dan]\nmaterials:\n{files}\n{links}\n---\n\nChữ.\n", "utf-8"
        )


def build_hostile(folder: Path) -> None:
    """Build a site of the payloads of this run, in every field and body; a body that is refused gives way to plain text."""
    content = folder / "content"
    content.mkdir()
    (content / "site.yml").write_text((SITES / "base.yml").read_text("utf-8") + f"livestream_hosts: [{HOST}]\n", "utf-8")
    bodies = {number: PAYLOADS[number] for number in NUMBERS}
    write_articles(content, bodies)
    write_labels(content, list(bodies))
    with pytest.raises(ContentRejected) as rejected:
        pipeline.read(order(content, folder / "output"), Progress(quiet=True))
    refused = errors(rejected.value.problems)
    assert {problem.rule for problem in refused} <= REFUSED
    for problem in refused:
        bodies[int(re.findall(r"/x(\d+)\.md$", problem.path)[0])] = "Chữ."
    write_articles(content, bodies)
    build_site(content, folder / "output")
