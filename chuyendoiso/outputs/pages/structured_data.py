"""JSON-LD of pages, after schema.org."""

from collections.abc import Sequence

from chuyendoiso.model import urls
from chuyendoiso.model.items import Item
from chuyendoiso.model.site import Site
from chuyendoiso.outputs.content_types import outputs_of
from chuyendoiso.outputs.content_types.item_outputs import Json, known, owner_data
from chuyendoiso.outputs.pages.views import Anchor


def site_data(site: Site) -> Json:
    """Return the JSON-LD of the home page: the site, its search, and its owner."""
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{site.absolute(urls.SEARCH)}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    website = {
        "@type": "WebSite", "url": site.absolute(urls.HOME), "name": site.name, "inLanguage": site.language,
        "publisher": owner_data(site), "potentialAction": search,
    }  # fmt: skip
    contact = known(address=site.owner.address, telephone=site.owner.phone, email=site.owner.email)
    return _graph(website, {**owner_data(site), "logo": site.absolute("/icons/icon-512.png"), **contact})


def item_data(site: Site, item: Item, image: str | None, way: Sequence[Anchor]) -> Json:
    """Return the JSON-LD of an item's page; `way` are its breadcrumbs."""
    common = known(
        url=site.absolute(item.path), description=item.summary, inLanguage=item.lang, image=image,
        datePublished=item.date.isoformat(), dateModified=item.updated.isoformat(), publisher=owner_data(site),
    )  # fmt: skip
    steps = [*((step.label, site.origin + step.href) for step in way), (item.heading, site.absolute(item.path))]
    trail = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": href} for place, (name, href) in enumerate(steps, 1)
        ],
    }
    return _graph(outputs_of(item).structured_data(item, site, common), trail)


def _graph(*nodes: Json) -> Json:
    return {"@context": "https://schema.org", "@graph": list(nodes)}
