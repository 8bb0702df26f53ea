"""The commands, one module of `chuyendoiso.cli` each."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.dont_write_bytecode = False  # as invoke sets it: compiling the package anew takes longer than a small build

from chuyendoiso.cli.ask import ask
from chuyendoiso.cli.audit import audit
from chuyendoiso.cli.authorship import authorship
from chuyendoiso.cli.backup import backup
from chuyendoiso.cli.bench import bench
from chuyendoiso.cli.build import build
from chuyendoiso.cli.check import check
from chuyendoiso.cli.clean import clean
from chuyendoiso.cli.demo import demo
from chuyendoiso.cli.doctor import doctor
from chuyendoiso.cli.editor import editor
from chuyendoiso.cli.fields import fields
from chuyendoiso.cli.hooks import hooks
from chuyendoiso.cli.icons import icons
from chuyendoiso.cli.illustrations import illustrations
from chuyendoiso.cli.import_ import import_
from chuyendoiso.cli.lighthouse import lighthouse
from chuyendoiso.cli.mcp import mcp
from chuyendoiso.cli.new import new
from chuyendoiso.cli.nginx import nginx
from chuyendoiso.cli.provenance import provenance
from chuyendoiso.cli.publish import publish
from chuyendoiso.cli.reach import reach
from chuyendoiso.cli.restore import restore
from chuyendoiso.cli.review import review
from chuyendoiso.cli.rollback import rollback
from chuyendoiso.cli.sbom import sbom
from chuyendoiso.cli.schema import schema
from chuyendoiso.cli.screenshots import screenshots
from chuyendoiso.cli.serve import serve
from chuyendoiso.cli.signatures import signatures
from chuyendoiso.cli.soak import soak
from chuyendoiso.cli.test import test
from chuyendoiso.cli.update import update
from chuyendoiso.cli.vendor import vendor
from chuyendoiso.cli.withdraw import withdraw
from chuyendoiso.cli.zalo_queries import zalo_queries
from chuyendoiso.cli.zalo_sync import zalo_sync
