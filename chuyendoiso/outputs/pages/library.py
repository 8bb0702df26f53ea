"""The document library: whole, by type, by issuing body and by year of issue."""

from collections import defaultdict
from collections.abc import Iterator

from chuyendoiso.model import urls
from chuyendoiso.model.content_types import DOCUMENT
from chuyendoiso.model.content_types.document import Document
from chuyendoiso.model.items import Catalogue
from chuyendoiso.model.vietnamese import slugify
from chuyendoiso.model.vocabulary import DOCUMENT_TYPES
from chuyendoiso.outputs.pages.lists import ListSpec, Paged, listings
from chuyendoiso.outputs.pages.render_context import RenderContext, kind_step
from chuyendoiso.outputs.pages.views import Anchor, FilterGroup, LibraryPage


def library_lists(catalogue: Catalogue, context: RenderContext) -> Iterator[Paged]:
    """Yield the document library: all, by type, by issuing body, by year of issue."""
    documents = catalogue.of(Document)
    step = kind_step(DOCUMENT.kind)
    by_type, by_issuer, by_year = (defaultdict[str, list[Document]](list) for _ in range(3))
    for document in documents:
        by_type[document.document_type].append(document)
        by_issuer[document.issuing_body].append(document)
        by_year[str(document.issued_on.year)].append(document)
    types = sorted(by_type, key=list(DOCUMENT_TYPES).index)
    issuers = [issuer for issuer in context.site.issuers if issuer.id in by_issuer]
    years = sorted(by_year, reverse=True)
    links = {
        "Loại văn bản": [(name, urls.document_type(slugify(name)), by_type[name], name) for name in types],
        "Cơ quan ban hành": [(issuer.name, urls.issuer(issuer.id), by_issuer[issuer.id], issuer.name) for issuer in issuers],
        "Năm ban hành": [(name, urls.year(int(name)), by_year[name], f"Văn bản ban hành năm {name}") for name in years],
    }

    def filters(current: str | None) -> tuple[FilterGroup, ...]:
        here = context.site.href(current) if current else None
        groups = []
        for title, found in links.items():
            anchors = tuple(Anchor(name, context.site.href(path)) for name, path, _, _ in found)
            groups.append(
                FilterGroup(title=title, links=anchors, current=here if here in {link.href for link in anchors} else None)
            )
        return tuple(group for group in groups if group.links)

    whole = ListSpec(
        path=urls.DOCUMENTS, title="Thư viện văn bản", intro="Văn bản về chuyển đổi số: số, ký hiệu, ngày ban hành, hiệu lực.",
        empty="Chưa có văn bản nào.", steps=(), section=urls.DOCUMENTS, feeds=((DOCUMENT.label, DOCUMENT.kind.value),),
    )  # fmt: skip
    yield from listings(context, whole, documents, filters(None), view=LibraryPage)
    for _, path, found, title in (one for group in links.values() for one in group):
        selection = ListSpec(
            path=path, title=title, intro=None, empty="Chưa có văn bản nào.", steps=(step,), section=urls.DOCUMENTS
        )  # fmt: skip
        yield from listings(context, selection, found, filters(path), view=LibraryPage)
