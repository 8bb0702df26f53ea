"""The search page: the form, its choices, and lists that work without script."""

from chuyendoiso.model import urls
from chuyendoiso.model.content_types.document import Document
from chuyendoiso.model.items import Catalogue
from chuyendoiso.model.target import Deferred
from chuyendoiso.outputs.pages.item_lists import month_links
from chuyendoiso.outputs.pages.render_context import SEARCH_WORKER, RenderContext, crumbs
from chuyendoiso.outputs.pages.views import Anchor, Choice, Head, LinkGroup, SearchPage


def plan_search_page(catalogue: Catalogue, context: RenderContext) -> Deferred:
    """Plan the search page."""
    years = tuple(sorted({context.site.year_of(item) for item in catalogue.items}, reverse=True))
    issuing = {item.issuing_body for item in catalogue.of(Document)}
    return Deferred(search_page, (context, years, tuple(sorted(issuing)), month_links(catalogue, context)))


def search_page(context: RenderContext, years: tuple[int, ...], issuing: tuple[str, ...], months: tuple[Anchor, ...]) -> SearchPage:
    """Return the search page; `years` of items, `issuing` ids of documents' bodies."""
    site = context.site
    choices = (
        Choice("loai", "Loại bài", tuple((content_type.kind.value, content_type.label) for content_type in context.content_types)),
        Choice("chu-de", "Chủ đề", tuple((topic.slug, topic.name) for topic in site.topics)),
        Choice("nam", "Năm", tuple((str(year), str(year)) for year in years)),
        Choice("co-quan", "Cơ quan ban hành", tuple((issuer.id, issuer.name) for issuer in site.issuers if issuer.id in issuing)),
    )
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
