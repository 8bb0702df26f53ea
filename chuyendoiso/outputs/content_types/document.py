"""Outputs of documents: fields of Nghị định 30/2020/NĐ-CP, schema.org Legislation."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from chuyendoiso.model.content_types.document import Document
from chuyendoiso.model.items import File, Related
from chuyendoiso.model.site import Site
from chuyendoiso.model.vietnamese import format_date
from chuyendoiso.model.vocabulary import BOTH_SIDES, VALIDITY_NAMES, Validity
from chuyendoiso.outputs.content_types.item_outputs import ItemOutputs, Json, file_record, known, stated

VALIDITY = "Hiệu lực"
_DAYS = ("issued_on", "effective_on", "expires_on", "suspended_on")
# The states of validity that schema.org has a word for; of the others nothing is said.
_LEGAL_FORCE = {
    Validity.IN_FORCE: "InForce",
    Validity.PARTLY_LAPSED: "PartiallyInForce",
    Validity.LAPSED: "NotInForce",
    Validity.SUSPENDED: "NotInForce",
    Validity.NOT_YET: "NotInForce",
}


class DocumentOutputs(ItemOutputs[Document]):
    """A document's record."""

    record_name = "document"

    def search_words(self, item: Document, site: Site) -> Iterator[str | None]:
        """Yield type and number, issuing body, subject, who signed, attachments."""
        yield item.overline
        yield site.issuer(item.issuing_body).name
        yield item.subject
        if item.signatory:
            yield from (item.signatory.name, item.signatory.position)
        yield from (attachment.label for attachment in item.attachments)

    def search_title(self, item: Document) -> str:
        """Return title and number."""
        return f"{item.title} {item.document_number}"

    def facets(self, item: Document) -> tuple[str, ...]:
        """Return the issuing body."""
        return (f"issuer:{item.issuing_body}",)

    def feed_notes(self, item: Document) -> Iterator[tuple[str, str]]:
        """Yield the validity."""
        if item.validity:
            yield VALIDITY, VALIDITY_NAMES[item.validity]

    def feed_fields(self, item: Document, site: Site) -> Mapping[str, str | None]:
        """Return the record."""
        return {
            "document_number": item.document_number, "document_type": item.document_type, "subject": item.subject,
            "issuing_body": site.issuer(item.issuing_body).name, **_days(item),
            "validity": item.validity.value if item.validity else None,
        }  # fmt: skip

    def feed_links(self, item: Document, site: Site) -> Iterator[tuple[str, str]]:
        """Yield nothing."""
        return iter(())

    def enclosure(self, item: Document) -> File | None:
        """Return the first attachment."""
        return item.attachments[0].file if item.attachments else None

    def record(self, item: Document, site: Site) -> Json:
        """Return the record with its relations."""
        issuer = site.issuer(item.issuing_body)
        signed = stated({"name": item.signatory.name, "position": item.signatory.position}) if item.signatory else None
        return stated({
            "number": item.document_number, "type": item.document_type, "subject": item.subject,
            "issuing_body": {"id": issuer.id, "name": issuer.name}, **_days(item),
            "validity": item.validity.value if item.validity else None, "signatory": signed, "source_url": item.source_url,
            "attachments": [file_record(one.file, one.label, site) for one in item.attachments],
            **{relation: _related(getattr(item, relation), site) for relation in BOTH_SIDES},
        })  # fmt: skip

    def channel_lines(self, item: Document, site: Site) -> Iterator[str]:
        """Yield the head of the record."""
        yield f"<b>{escape(item.document_type)} {escape(item.document_number)}</b>"
        yield escape(item.subject)
        yield f"Cơ quan ban hành: {escape(site.issuer(item.issuing_body).name)}. Ngày ban hành: {format_date(item.issued_on)}."
        if item.effective_on:
            yield f"Ngày có hiệu lực: {format_date(item.effective_on)}."

    def structured_data(self, item: Document, site: Site, common: Json) -> Json:
        """Return Legislation."""
        changed = (("legislationAmends", item.amends), ("legislationRepeals", (*item.replaces, *item.repeals)))
        related = {name: [_legislation(one, site) for one in found] for name, found in changed if found}
        files = [
            {"@type": "MediaObject", "contentUrl": site.absolute(one.file.path), "encodingFormat": one.file.media_type, "name": one.label}
            for one in item.attachments
        ]  # fmt: skip
        force = _LEGAL_FORCE.get(item.validity) if item.validity else None
        return {
            "@type": "Legislation", "name": item.heading, "legislationIdentifier": item.document_number, "legislationType": item.document_type,
            "legislationDate": item.issued_on.isoformat(),
            "legislationPassedBy": {"@type": "GovernmentOrganization", "name": site.issuer(item.issuing_body).name},
            **known(
                legislationDateOfApplicability=item.effective_on.isoformat() if item.effective_on else None,
                legislationLegalForce=f"https://schema.org/{force}" if force else None,
                encoding=files or None,
            ),
            **related, **common,
        }  # fmt: skip


def _days(item: Document) -> dict[str, str | None]:
    days = ((name, getattr(item, name)) for name in _DAYS)
    return {name: day.isoformat() if day else None for name, day in days}


def _related(found: Sequence[Related], site: Site) -> list[Json]:
    return [stated({"number": one.number, "url": site.absolute(one.path) if one.path else None}) for one in found]


def _legislation(one: Related, site: Site) -> Json:
    return {"@type": "Legislation", "legislationIdentifier": one.number, **known(url=site.absolute(one.path) if one.path else None)}
