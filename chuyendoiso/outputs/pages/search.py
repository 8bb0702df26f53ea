"""The search page: the form, its choices, and lists that work without script."""

from typing import NamedTuple

from chuyendoiso.model import urls
from chuyendoiso.model.content_types.document import Document
from chuyendoiso.model.content_types.training import Training
from chuyendoiso.model.items import Catalogue
from chuyendoiso.model.target import Deferred
from chuyendoiso.model.vietnamese import slugify
from chuyendoiso.model.vocabulary import DOCUMENT_TYPES, VALIDITY_NAMES, Validity
from chuyendoiso.outputs.pages.components import PHASES
from chuyendoiso.outputs.pages.item_lists import month_links
from chuyendoiso.outputs.pages.render_context import SEARCH_WORKER, RenderContext, crumbs
from chuyendoiso.outputs.pages.views import Anchor, Choice, Head, LinkGroup, SearchPage


def plan_search_page(catalogue: Catalogue, context: RenderContext) -> Deferred:
    """Plan the search page."""
    years = tuple(sorted({context.site.year_of(item) for item in catalogue.items}, reverse=True))
    documents = catalogue.of(Document)
    issuing = {item.issuing_body for item in documents}
    types, states = {item.document_type for item in documents}, {item.validity for item in documents if item.validity}
    phases = {item.session.phase for item in catalogue.of(Training) if item.session}
    used = DocumentChoices(
        tuple(sorted(issuing)),
        tuple(kind for kind in DOCUMENT_TYPES if kind in types),
        tuple(state for state in Validity if state in states),
    )
    return Deferred(
        search_page, (context, years, used, tuple(phase for phase in PHASES if phase in phases), month_links(catalogue, context))
    )


class DocumentChoices(NamedTuple):
    """What distinguishes documents: issuing bodies, types, states of validity."""

    issuing: tuple[str, ...]
    types: tuple[str, ...]
    states: tuple[Validity, ...]


def search_page(
    context: RenderContext, years: tuple[int, ...], documents: DocumentChoices, phases: tuple[str, ...], months: tuple[Anchor, ...]
) -> SearchPage:
    """Return the search page; `years` of items, `phases` of sessions."""
    site = context.site
    choices = _choices(context, years, documents, phases)
    groups = (
        LinkGroup(
            "Theo loại bài",
            tuple(Anchor(content_type.label, site.href(content_type.section)) for content_type in context.content_types),
        ),
        LinkGroup("Theo chủ đề", tuple(Anchor(topic.name, site.href(urls.topic(topic.slug))) for topic in site.topics)),
        LinkGroup("Tin tức theo tháng", months),
        LinkGroup("Theo từ khóa", (Anchor("Mọi từ khóa", site.href(urls.TAGS)),)),
    )
    return SearchPage(
        head=Head(
            title="Tìm kiếm",
            description="Tìm tin tức, văn bản và tài liệu tập huấn; gõ có dấu hoặc không dấu đều được.",
            canonical=site.absolute(urls.SEARCH),
            indexed=context.indexed,
            section=site.href(urls.SEARCH),
            modules=context.scripts("search"),
        ),
        crumbs=crumbs(context),
        title="Tìm kiếm",
        base=site.href(urls.SEARCH),
        worker=context.script(SEARCH_WORKER),
        choices=tuple(choice for choice in choices if choice.options),
        groups=tuple(group for group in groups if group.links),
    )


def _choices(
    context: RenderContext, years: tuple[int, ...], documents: DocumentChoices, phases: tuple[str, ...]
) -> tuple[Choice, ...]:
    site = context.site
    return (
        Choice("loai", "Loại bài", tuple((content_type.kind.value, content_type.label) for content_type in context.content_types)),
        Choice("chu-de", "Chủ đề", tuple((topic.slug, topic.name) for topic in site.topics)),
        Choice("nam", "Năm", tuple((str(year), str(year)) for year in years)),
        Choice(
            "co-quan",
            "Cơ quan ban hành",
            tuple((issuer.id, issuer.name) for issuer in site.issuers if issuer.id in documents.issuing),
        ),
        Choice("loai-van-ban", "Loại văn bản", tuple((slugify(kind), kind) for kind in documents.types)),
        Choice("hieu-luc", "Hiệu lực", tuple((state.value, VALIDITY_NAMES[state]) for state in documents.states)),
        Choice("hoi-nghi", "Hội nghị", tuple((phase, PHASES[phase]) for phase in phases)),
    )
