"""Addresses of a former system lead on: pages with an ending, with marks, in capitals; and an item that gets one stays one item."""

import json
import re
import time
from dataclasses import replace
from urllib.parse import quote

import pytest
from conftest import SITES, build_site
from servers import ask, free_port, nginx

from chuyendoiso.deploy.deployment import PublishOptions, deploy_release
from chuyendoiso.deploy.nginx_conf import Serving, make_maps, make_site_conf, write_nginx
from chuyendoiso.deploy.server_folder import parse_target
from chuyendoiso.deploy.serving import media_type_of
from chuyendoiso.deploy.targets import ServerFolder
from chuyendoiso.model.problems import ContentRejected

ARTICLE = "---\ntitle: {0}\ndate: 2026-11-20 08:00\nsummary: Tóm tắt.\ntopic: xa-hoi-so\naliases: [{1}]\n---\nThân.\n"
FORMER = ["/portal/Pages/tin-123.aspx", "/tin/cu.html", "/Tin-tức/hội-nghị.HTM", "/tin-cũ/", "/bai"]
PATHS = [*FORMER[:4], "/bai/"]


def site_of(folder, *aliases):
    (folder / "tin-tuc/2026").mkdir(parents=True)
    (folder / "site.yml").write_text((SITES / "base.yml").read_text("utf-8"), "utf-8")
    for number, listed in enumerate(aliases):
        text = ARTICLE.format(f"Bài {number}", ", ".join(map(json.dumps, listed)))
        (folder / f"tin-tuc/2026/a{number}.md").write_text(text, "utf-8")
    return folder


def test_they_lead_to_the_item_whatever_serves_them(tmp_path, output, monkeypatch):
    monkeypatch.setattr("chuyendoiso.deploy.deployment.refuse_private", lambda release, site: None)
    content = site_of(tmp_path / "content", FORMER)
    result, port, target = build_site(content, output, publishing=True), free_port(), tmp_path / "dich"
    site, said = replace(result.site_plan.site, url=f"http://localhost:{port}/"), []
    for path in PATHS:
        file = output / (f"{path[1:]}index.html" if path.endswith("/") else path[1:])
        assert 'content="0; url=/tin-tuc/2026/a0/"' in file.read_text("utf-8")
        assert media_type_of(path if not path.endswith("/") else "index.html") == "text/html; charset=utf-8"
    write_nginx(
        tmp_path / "conf",
        {
            "site.conf": make_site_conf(
                site, Serving(root=str(target / "www"), folder=str(tmp_path / "conf"), port=port, logs=str(tmp_path))
            )
        },
    )
    write_nginx(tmp_path / "conf", make_maps(result.release, site))
    target.mkdir()
    deploy_release(
        PublishOptions(
            output=output, site=site, target=ServerFolder(output, parse_target(str(target), site.base_path, say=said.append)), nginx=tmp_path / "conf", check=False, monotonic=time.monotonic,
            sleep=lambda seconds: None, say=said.append,
        )
    )  # fmt: skip
    with nginx(tmp_path / "run", tmp_path / "conf", port):
        for path in PATHS:
            status, headers, _ = ask(port, quote(path))
            assert (status, headers["location"]) == (301, "/tin-tuc/2026/a0/")


def test_an_item_that_gets_a_former_address_stays_the_same_to_pullers(tmp_path, output):
    content = site_of(tmp_path / "content", [])
    build_site(content, output, publishing=True)
    before = [one["id"] for one in json.loads((output / "manifest.json").read_text("utf-8"))["items"]]
    path = content / "tin-tuc/2026/a0.md"
    path.write_text(ARTICLE.format("Bài 0", '"/portal/tin-123.aspx"'), "utf-8")
    build_site(content, output, publishing=True)
    assert before == [one["id"] for one in json.loads((output / "manifest.json").read_text("utf-8"))["items"]]
    path.rename(content / "tin-tuc/2026/moi.md")
    (content / "tin-tuc/2026/moi.md").write_text(ARTICLE.format("Bài 0", "/portal/tin-123.aspx, /tin-tuc/2026/a0/"), "utf-8")
    build_site(content, output, publishing=True)
    assert before == [one["id"] for one in json.loads((output / "manifest.json").read_text("utf-8"))["items"]]


@pytest.mark.parametrize(
    ("aliases", "rule"),
    [
        ((["/a.html"], ["/a.html/b/"]), "doubled-path"),
        ((["/a.html"], ["/A.HTML"]), "doubled-path"),
        ((["/index.html"],), "invalid-alias"),
        ((["/404.html"],), "reserved-path"),
        ((["/tin-tuc/index.html"],), "reserved-path"),
        ((["/feeds/cu.html"],), "reserved-path"),
        ((["/tin.aspx?id=5"],), "invalid-alias"),
    ],
)
def test_what_cannot_be_a_former_address_is_reported(tmp_path, output, aliases, rule):
    content = site_of(tmp_path / "content", *aliases)
    with pytest.raises(ContentRejected) as rejected:
        build_site(content, output)
    assert re.findall(r"\[([a-z-]+)\]\n", str(rejected.value)) == [rule]
