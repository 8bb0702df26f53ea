"""The look at a site that is served as this project has nginx serve it: nothing to find but that loopback has no https."""

import shutil
import time
from datetime import UTC, datetime

from conftest import ROOT, SITES, build_site
from servers import free_port, nginx

from chuyendoiso.deploy.bundle import make_bundle
from chuyendoiso.deploy.nginx_conf import Serving, make_maps, make_site_conf, write_nginx
from chuyendoiso.deploy.pending import record_published
from chuyendoiso.deploy.server_folder import deploy, parse_target
from chuyendoiso.ops.doctor.examination import DoctorOptions, findings


def test_what_nginx_answers_is_what_the_doctor_wants(tmp_path):
    content, port = shutil.copytree(SITES / "small", tmp_path / "content"), free_port()
    theme = shutil.copytree(ROOT / "theme", tmp_path / "theme")  # in no repository, as the content
    address = f"http://localhost:{port}/"
    result = build_site(content, tmp_path / "output", now=datetime.now(UTC), publishing=True, address=address)
    record_published(tmp_path / "output", result.release, ())
    site, root, conf = result.site_plan.site, tmp_path / "dich", tmp_path / "conf"
    deploy(make_bundle(result.release, (), "", tmp_path / "bundle", tmp_path / "kept"), parse_target(str(root), ""))
    site_conf = make_site_conf(site, Serving(root=str(root / "www"), folder=str(conf), port=port, logs=str(tmp_path)))
    write_nginx(conf, {"site.conf": site_conf, **make_maps(result.release, site)})
    with nginx(tmp_path / "run", conf, port):
        asked = DoctorOptions(
            url=address, content=content, theme=theme, mirror=None, disk=None, as_json=False, output=tmp_path / "output", now=datetime.now(UTC),
            monotonic=time.monotonic, say=print,
        )  # fmt: skip
        found = [(finding.level.value, finding.check) for finding in findings(asked)]
    checks = "manifest headers cache conditional types feeds content frames withdrawn aliases closed links pages pictures search compressed steady release"
    good = [("good", check) for check in checks.split()]
    assert found == [("good", "home"), ("good", "clock"), ("broken", "https"), *good, ("skipped", "commits")]
