"""What pages tell machines: JSON-LD after schema.org."""

from collections.abc import Sequence

from chuyendoiso.model import urls
from chuyendoiso.model.items import Item
from chuyendoiso.model.site import Site
from chuyendoiso.outputs.content_types import outputs_of
from chuyendoiso.outputs.content_types.item_outputs import Json, known, owner_data
from chuyendoiso.outputs.pages.views import Anchor

Data = Json


def site_data(site: Site) -> Data:
    """Return what the home page tells: the site, its search, and who answers for it."""
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{site.absolute(urls.SEARCH)}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    website = {
        "@type": "WebSite", "url": site.absolute(urls.HOME), "name": site.name, "inLanguage": site.language,
        "publisher": owner_data(site), "potentialAction": search,
    }  # fmt: skip
    owner = site.owner
    reached = known(address=owner.address, telephone=owner.phone, email=owner.email)
    return _graph(website, {**owner_data(site), "logo": site.absolute("/icons/icon-512.png"), **reached})


def item_data(site: Site, item: Item, image: str | None, way: Sequence[Anchor]) -> Data:
    """Return what the page of an item tells; `way` leads to it from the home page."""
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


def _graph(*nodes: Data) -> Data:
    return {"@context": "https://schema.org", "@graph": list(nodes)}
