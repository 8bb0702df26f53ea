"""Make the software bill of materials, in CycloneDX 1.6.

https://cyclonedx.org/docs/1.6/json/. It depends only on the packages and the commit: the serial number is a hash of the packages, the time is the commit's.
"""

import uuid
from datetime import datetime

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from chuyendoiso.ops.packages import Inventory, PinnedPackage, VendoredPackage
from chuyendoiso.release.manifest import tree_hash


def make_bom(inventory: Inventory, at: datetime | None) -> Bom:
    """Return the bill; `at` is the commit's time, None without a commit."""
    root = Component(
        name=inventory.name,
        version=inventory.version,
        type=ComponentType.APPLICATION,
        bom_ref=inventory.name,
        licenses=_licences(inventory.licence),
    )
    packages = {package.pin.name: _package(package) for package in inventory.packages}
    vendored = list(map(_vendored, inventory.vendored))
    bom = Bom(components=[*packages.values(), *vendored], serial_number=_serial(inventory), metadata=BomMetaData(component=root))
    bom.metadata.timestamp = at  # type: ignore[assignment]  # None leaves it out; the library's default is now
    bom.register_dependency(root, [*(packages[name] for name in sorted(inventory.direct & packages.keys())), *vendored])
    for package in inventory.packages:
        required = sorted(package.requires & packages.keys())
        bom.register_dependency(packages[package.pin.name], [packages[name] for name in required])
    return bom


def encode_bom(bom: Bom) -> str:
    """Return a bill as JSON."""
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def _serial(inventory: Inventory) -> uuid.UUID:
    """Return a serial number (RFC 9562, version 5) that is a hash of the inventory."""
    digests = {
        f"pypi/{package.pin.name}@{package.pin.version}": tree_hash(dict.fromkeys(package.pin.hashes, ""))
        for package in inventory.packages
    }
    digests |= {f"npm/{package.name}@{package.version}": tree_hash(package.files) for package in inventory.vendored}
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{inventory.name}@{inventory.version} {tree_hash(digests)}")


def _package(package: PinnedPackage) -> Component:
    """Return a package as a component.

    Its hashes are those of its distributions, so they are in the reference to them.
    """
    pin = package.pin
    purl = PackageURL("pypi", name=pin.name, version=pin.version)
    distributions = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(purl.to_string()),  # names no index: a machine may use any
        hashes=map(_hash, pin.hashes),
    )
    return Component(
        name=pin.name, version=pin.version, type=ComponentType.LIBRARY, purl=purl, bom_ref=purl.to_string(),
        licenses=_licences(*package.licences), external_references=[distributions],
    )  # fmt: skip


def _vendored(package: VendoredPackage) -> Component:
    """Return an npm package as a component, with the theme's files from it."""
    group, _, name = package.name.rpartition("/")
    purl = PackageURL("npm", namespace=group or None, name=name, version=package.version)
    files = [
        Component(name=f"theme/{path}", type=ComponentType.FILE, bom_ref=f"theme/{path}", hashes=[_hash(digest)])
        for path, digest in sorted(package.files.items())
    ]
    return Component(
        name=name, group=group or None, version=package.version, type=ComponentType.LIBRARY, purl=purl, bom_ref=purl.to_string(),
        licenses=_licences(package.licence), components=files,
    )  # fmt: skip


def _licences(*texts: str) -> list[License]:
    """Return licences by SPDX id or expression if possible, else by name.

    The format allows an expression only as the single licence.
    """
    factory = LicenseFactory()
    return [factory.make_from_string(text) if len(texts) == 1 else factory.make_with_name(text) for text in texts]


def _hash(digest: str) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=digest)
