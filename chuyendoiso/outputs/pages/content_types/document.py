"""What pages show of official documents: the record, relations, attachments.

Dublin Core: DCMI Metadata Terms, in the old `DC.` names of HTML.
"""

from collections.abc import Sequence

from chuyendoiso.model import urls
from chuyendoiso.model.content_types.document import Document
from chuyendoiso.model.items import Related
from chuyendoiso.model.site import Site
from chuyendoiso.model.vietnamese import format_date
from chuyendoiso.model.vocabulary import PublicationState
from chuyendoiso.outputs.pages.citations import cite
from chuyendoiso.outputs.pages.components import day, validity_badge, weekday
from chuyendoiso.outputs.pages.content_types.item_pages import Invitation, ItemPages, Parts
from chuyendoiso.outputs.pages.files import file_view
from chuyendoiso.outputs.pages.render_context import RenderContext
from chuyendoiso.outputs.pages.views import Fact, RelationGroup, When

_RELATION_TITLES = {
    "amends": "Sửa đổi, bổ sung",
    "replaces": "Thay thế",
    "repeals": "Bãi bỏ",
    "amended_by": "Được sửa đổi, bổ sung bởi",
    "replaced_by": "Bị thay thế bởi",
    "repealed_by": "Bị bãi bỏ bởi",
}


class DocumentPages(ItemPages[Document]):
    """A document's record."""

    def article(self, context: RenderContext, item: Document) -> Parts:
        """Return validity, record, relations and attachments."""
        groups = ((title, getattr(item, relation)) for relation, title in _RELATION_TITLES.items())
        return {
            "validity": validity_badge(item),
            "facts": _facts(context, item),
            "relations": tuple(RelationGroup(title=title, documents=_related(context, found)) for title, found in groups if found),
            "files_title": "Văn bản để tải",
            "date_label": "Ngày đăng",
            "files": tuple(file_view(context, attachment.file, attachment.label) for attachment in item.attachments),
        }

    def withdrawn(self, context: RenderContext, item: Document) -> Parts:
        """Return the record, which stays."""
        return {"validity": validity_badge(item), "facts": _facts(context, item), "date_label": "Ngày đăng"}

    def teaser(self, context: RenderContext, item: Document) -> Parts:
        """Return the record in short."""
        return {
            "number": item.document_number,
            "document_type": item.document_type,
            "issuer": context.site.issuer(item.issuing_body).name,
            "issued": day(item.issued_on),
            "validity": validity_badge(item),
        }

    def title(self, item: Document) -> str:
        """Return number and subject."""
        return f"{item.document_number}: {item.subject}"

    def published(self, context: RenderContext, item: Document) -> When:
        """Return the day on which it was put on the site."""
        return weekday(context.local(item.date))

    def note(self, context: RenderContext, item: Document) -> str:
        """Return type, number and day of issue."""
        return f"{item.overline}, {format_date(item.issued_on)}"

    def invitation(self, context: RenderContext, item: Document) -> Invitation | None:
        """Return none."""
        return None

    def modules(self, context: RenderContext, item: Document) -> tuple[str, ...]:
        """Return the script that passes it on."""
        return ("share",)

    def dublin_core(self, site: Site, item: Document) -> tuple[tuple[str, str], ...]:
        """Return the record."""
        return (
            ("title", item.subject),
            ("identifier", item.document_number),
            ("type", item.document_type),
            ("creator", site.issuer(item.issuing_body).name),
            ("publisher", site.owner.name),
            ("date", item.issued_on.isoformat()),
            ("language", item.lang),
        )


def _related(context: RenderContext, found: Sequence[Related]) -> tuple[Fact, ...]:
    return tuple(
        Fact(term=one.number, text=one.title or "", href=context.site.href(one.path) if one.path else None) for one in found
    )


def _facts(context: RenderContext, item: Document) -> tuple[Fact, ...]:
    site = context.site
    issuer = site.issuer(item.issuing_body)
    signatory = item.signatory
    signed = ", ".join(part for part in (signatory.name, signatory.position) if part) if signatory else None
    lines = (
        ("Số, ký hiệu", item.document_number, None),
        ("Loại văn bản", item.document_type, None),
        ("Cơ quan ban hành", issuer.name, None if item.state is PublicationState.WITHDRAWN else site.href(urls.issuer(issuer.id))),
        ("Ngày ban hành", format_date(item.issued_on), None),
        ("Người ký", signed, None),
        ("Ngày có hiệu lực", format_date(item.effective_on) if item.effective_on else None, None),
        ("Ngày ngưng hiệu lực", format_date(item.suspended_on) if item.suspended_on else None, None),
        ("Ngày hết hiệu lực", format_date(item.expires_on) if item.expires_on else None, None),
        ("Nơi có bản gốc", item.source_url, item.source_url),
    )
    facts = tuple(Fact(term=term, text=text, href=href) for term, text, href in lines if text)
    return (*facts, Fact(term="Khi trích dẫn, ghi", text=cite(item, issuer.name), copied=True))
