"""The software bill of materials in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/): all that the site is built with.

The same parts at the same commit give the same bytes: the serial number is made of the parts, the time is the commit's.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from chuyendoiso.ops.packages import Parts, PinnedPackage, Vendored
from chuyendoiso.release.manifest import tree_hash


def make_bom(parts: Parts, at: datetime | None) -> Bom:
    """Return the bill; `at` is the commit's time, None where there is no commit."""
    root = Component(
        name=parts.name,
        version=parts.version,
        type=ComponentType.APPLICATION,
        bom_ref=parts.name,
        licenses=_licences([parts.licence]),
    )
    packages = {one.pin.name: _package(one) for one in parts.packages}
    vendored = [_vendored(one) for one in parts.vendored]
    bom = Bom(components=[*packages.values(), *vendored], serial_number=_serial(parts), metadata=BomMetaData(component=root))
    bom.metadata.timestamp = at  # type: ignore[assignment]  # without a commit there is none: it may be left out, the library writes now
    bom.register_dependency(root, [*(packages[name] for name in sorted(parts.wanted & packages.keys())), *vendored])
    for one in parts.packages:
        needed = sorted(one.requires & packages.keys())
        bom.register_dependency(packages[one.pin.name], [packages[name] for name in needed])
    return bom


def encode_bom(bom: Bom) -> str:
    """Return a bill as JSON."""
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def _serial(parts: Parts) -> uuid.UUID:
    """Return a serial number (RFC 9562, version 5) that only other parts change."""
    named = {f"pypi/{one.pin.name}@{one.pin.version}": tree_hash(dict.fromkeys(one.pin.hashes, "")) for one in parts.packages}
    named |= {f"npm/{one.name}@{one.version}": tree_hash(one.files) for one in parts.vendored}
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{parts.name}@{parts.version} {tree_hash(named)}")


def _package(one: PinnedPackage) -> Component:
    """Return a package; its hashes are of the distributions, of which an installation takes one, so they stand with those."""
    purl = PackageURL("pypi", name=one.pin.name, version=one.pin.version)
    distributions = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(purl.to_string()),  # wherever they are taken from
        hashes=map(_hash, one.pin.hashes),
    )
    return Component(
        name=one.pin.name, version=one.pin.version, type=ComponentType.LIBRARY, purl=purl, bom_ref=purl.to_string(),
        licenses=_licences(one.licences), external_references=[distributions],
    )  # fmt: skip


def _vendored(one: Vendored) -> Component:
    """Return an npm package, and below it the files that the theme has of it."""
    group, _, name = one.name.rpartition("/")
    purl = PackageURL("npm", namespace=group or None, name=name, version=one.version)
    files = [
        Component(name=f"theme/{path}", type=ComponentType.FILE, bom_ref=f"theme/{path}", hashes=[_hash(digest)])
        for path, digest in sorted(one.files.items())
    ]
    return Component(
        name=name, group=group or None, version=one.version, type=ComponentType.LIBRARY, purl=purl, bom_ref=purl.to_string(),
        licenses=_licences([one.licence]), components=files,
    )  # fmt: skip


def _licences(named: Iterable[str]) -> list[License]:
    """Return licences by SPDX id or expression where they have one, else by name; an expression stands alone (the format's rule)."""
    texts, factory = list(named), LicenseFactory()
    return [factory.make_from_string(text) if len(texts) == 1 else factory.make_with_name(text) for text in texts]


def _hash(digest: str) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=digest)
