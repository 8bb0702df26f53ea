"""What pages tell machines: JSON-LD after schema.org, and Dublin Core for documents (DCMI Metadata Terms, in the old `DC.` names of HTML)."""

from collections.abc import Sequence
from typing import Any

from chuyendoiso.domain import paths
from chuyendoiso.domain.content_types.document import Document
from chuyendoiso.domain.content_types.training import Session, Training
from chuyendoiso.domain.model import Item
from chuyendoiso.domain.site import Site
from chuyendoiso.domain.vocabulary import Validity
from chuyendoiso.views.model import Anchor

Data = dict[str, Any]

# The states of validity that schema.org has a word for; of the others nothing is said.
_LEGAL_FORCE = {
    Validity.IN_FORCE: "InForce",
    Validity.PARTLY_LAPSED: "PartiallyInForce",
    Validity.LAPSED: "NotInForce",
    Validity.SUSPENDED: "NotInForce",
    Validity.NOT_YET: "NotInForce",
}


def site_data(site: Site) -> Data:
    """Return what the home page tells: the site, its search, and who answers for it."""
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{site.absolute(paths.SEARCH)}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    website = {
        "@type": "WebSite", "url": site.absolute(paths.HOME), "name": site.name, "inLanguage": site.language,
        "publisher": _owner(site), "potentialAction": search,
    }  # fmt: skip
    owner = site.owner
    reached = _known(address=owner.address, telephone=owner.phone, email=owner.email)
    return _graph(website, {**_owner(site), "logo": site.absolute("/icons/icon-512.png"), **reached})


def item_data(site: Site, item: Item, title: str, image: str | None, way: Sequence[Anchor]) -> Data:
    """Return what the page of an item tells; `title` is its h1, `way` leads to it from the home page."""
    common = _known(
        url=site.absolute(item.path), description=item.summary, inLanguage=item.lang, image=image,
        datePublished=item.date.isoformat(), dateModified=item.updated.isoformat(), publisher=_owner(site),
    )  # fmt: skip
    steps = [*((step.label, site.origin + step.href) for step in way), (title, site.absolute(item.path))]
    trail = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": href} for place, (name, href) in enumerate(steps, 1)
        ],
    }
    if isinstance(item, Document):
        return _graph(_legislation(site, item, title, common), trail)
    if isinstance(item, Training):
        return _graph(_training(site, item, title, common), trail)
    authors = [{"@type": "Person", "name": name} for name in item.authors] or _owner(site)
    news = {"@type": "NewsArticle", "headline": title, "articleSection": site.topic(item.topic).name, "author": authors, **common}
    return _graph({**news, "mainEntityOfPage": site.absolute(item.path)}, trail)


def _legislation(site: Site, item: Document, title: str, common: Data) -> Data:
    related = {
        name: [
            {
                "@type": "Legislation",
                "legislationIdentifier": one.number,
                **_known(url=site.absolute(one.path) if one.path else None),
            }
            for one in found
        ]
        for name, found in (("legislationAmends", item.amends), ("legislationRepeals", (*item.replaces, *item.repeals)))
        if found
    }
    files = [
        {
            "@type": "MediaObject",
            "contentUrl": site.absolute(one.file.path),
            "encodingFormat": one.file.media_type,
            "name": one.label,
        }
        for one in item.attachments
    ]
    force = _LEGAL_FORCE.get(item.validity) if item.validity else None
    return {
        "@type": "Legislation", "name": title, "legislationIdentifier": item.document_number, "legislationType": item.document_type,
        "legislationDate": item.issued_on.isoformat(),
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": site.issuer(item.issuing_body).name},
        **_known(
            legislationDateOfApplicability=item.effective_on.isoformat() if item.effective_on else None,
            legislationLegalForce=f"https://schema.org/{force}" if force else None,
            encoding=files or None,
        ),
        **related, **common,
    }  # fmt: skip


def _training(site: Site, item: Training, title: str, common: Data) -> Data:
    if item.session is None:
        return {"@type": "LearningResource", "name": title, **common}
    session = item.session
    kept = {name: value for name, value in common.items() if name in {"url", "description", "inLanguage", "image"}}
    return {
        "@type": "EducationEvent", "name": title, "startDate": session.starts_at.isoformat(), "endDate": session.ends_at.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled", "organizer": _organizer(site, session), **_where(site, item, session), **kept,
    }  # fmt: skip


def _organizer(site: Site, session: Session) -> Data:
    return {"@type": "Organization", "name": session.organizer} if session.organizer else _owner(site)


def _where(site: Site, item: Item, session: Session) -> Data:
    places = [(session.venue, session.venue)] if session.venue else []
    places += [(point.name, point.address or point.locality or point.name) for point in session.meeting_points]
    online = [{"@type": "VirtualLocation", "url": stream.url} for stream in session.streams]
    found = [*({"@type": "Place", "name": name, "address": address} for name, address in places), *online]
    mode = "Mixed" if places and online else "Offline" if places else "Online"
    virtual = {"@type": "VirtualLocation", "url": site.absolute(item.path)}  # where nothing is said, the page tells how to join
    return {"location": found or virtual, "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode"}


def _owner(site: Site) -> Data:
    return {"@type": "Organization", "name": site.owner.name, "url": site.absolute(paths.HOME)}


def _known(**told: Any) -> Data:
    return {name: value for name, value in told.items() if value is not None}


def _graph(*nodes: Data) -> Data:
    return {"@context": "https://schema.org", "@graph": list(nodes)}


def dublin_core(site: Site, item: Document) -> tuple[tuple[str, str], ...]:
    """Return the elements of Dublin Core that a document has, by name."""
    return (
        ("title", item.subject),
        ("identifier", item.document_number),
        ("type", item.document_type),
        ("creator", site.issuer(item.issuing_body).name),
        ("publisher", site.owner.name),
        ("date", item.issued_on.isoformat()),
        ("language", item.lang),
    )
