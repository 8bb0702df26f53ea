"""Read `site.yml`; find settings that forbid publishing."""

from pathlib import Path
from urllib.parse import urlsplit

from chuyendoiso.content.decode import Unreadable, read_text
from chuyendoiso.content.front_matter import Fields, parse_fields
from chuyendoiso.content.scan import symlink_problem
from chuyendoiso.model import site as domain
from chuyendoiso.model.address_parsers import is_placeholder
from chuyendoiso.model.limits import Limits
from chuyendoiso.model.problems import ContentRejected, Problem, Severity
from chuyendoiso.model.site import Site
from chuyendoiso.model.site_fields import SiteFields
from chuyendoiso.model.types import KnownIds
from chuyendoiso.model.validation import check_fields


def read_site(path: Path, display_path: str) -> tuple[Site, Fields]:
    """Read and check site.yml. Raises Unreadable with every problem."""
    if problem := symlink_problem(path, display_path):
        raise Unreadable(problem)
    if not path.is_file():
        raise Unreadable(
            Problem(
                display_path, 1, "missing-site", "Không có tệp site.yml.", "chép site.yml mẫu vào thư mục content/ và điền tên."
            )
        )
    lines = parse_fields(read_text(path, display_path), display_path, comments=True)
    fields, problems = check_fields(SiteFields, lines.values, lines.line, display_path, None)
    if fields is None:
        raise Unreadable(*problems)
    return _site(fields), lines


def site_of(content: Path) -> Site:
    """Return the settings in a content folder's site.yml. Raises ContentRejected."""
    try:
        return read_site(content / "site.yml", f"{content.name}/site.yml")[0]
    except Unreadable as unreadable:
        raise ContentRejected(unreadable.problems) from None


def _site(fields: SiteFields) -> Site:
    """Convert the fields to a Site; each group has the field names of its value."""
    return Site(
        **dict(fields.site),
        owner=domain.Owner(**dict(fields.owner)),
        topics=tuple(domain.Topic(**dict(topic)) for topic in fields.topics),
        audiences=tuple(domain.Audience(**dict(audience)) for audience in fields.audiences),
        issuers=tuple(domain.Issuer(**dict(issuer)) for issuer in fields.issuers),
        channels=tuple(domain.OfficialChannel(**dict(channel)) for channel in fields.channels),
        livestream_hosts=fields.livestream_hosts,
        embed_hosts=fields.embed_hosts,
        petitions_url=fields.petitions_url,
        services_url=fields.services_url,
        synonyms=fields.synonyms,
        hub=fields.hub,
        yearly_totals=tuple(domain.YearlyTotal(**dict(total)) for total in fields.yearly_totals),
        limits=Limits(**dict(fields.limits)),
        editor=domain.EditorHost(**dict(fields.editor)) if fields.editor else None,
    )


def known_ids(site: Site) -> KnownIds:
    """Return the ids that fields of content files may refer to."""
    return KnownIds(
        zone=site.zone,
        topics=tuple(topic.slug for topic in site.topics),
        audiences=tuple(audience.id for audience in site.audiences),
        issuers=tuple(issuer.id for issuer in site.issuers),
        channels=tuple(channel.id for channel in site.channels),
    )


def route_problems(content: Path) -> tuple[Problem, ...]:
    """Warn if a content folder's site.yml gives readers no way to ask."""
    shown = f"{content.name}/site.yml"
    site, lines = read_site(content / "site.yml", shown)
    if site.routes:
        return ()
    message = "Người đọc chưa có cách nào để hỏi: owner không có phone, email, address, và kênh Zalo không có url."
    remedy = "thêm một dòng phone:, email: hoặc address: dưới owner, khi cơ quan đã xác nhận."
    return (Problem(shown, lines.line(("owner",)), "no-routes", message, remedy, severity=Severity.WARNING),)


def publishing_problems(site: Site, lines: Fields, display_path: str) -> list[Problem]:
    """Find settings that forbid publishing: a placeholder host, no TLS."""
    problems = []
    if is_placeholder(urlsplit(site.url).hostname or ""):
        message = f'Địa chỉ trang "{site.url}" là địa chỉ giữ chỗ, chưa đăng được.'
        remedy = "ghi địa chỉ thật của trang vào url: trong site.yml."
        problems.append(Problem(display_path, lines.line(("site", "url")), "placeholder-url", message, remedy))
    if is_placeholder(site.feed_authority.partition(",")[0]):
        message = f'Căn cứ mã nguồn tin "{site.feed_authority}" là giá trị giữ chỗ, chưa đăng được.'
        remedy = "ghi tên miền thật và năm bắt đầu dùng vào feed_authority:, rồi không đổi nữa."
        problems.append(Problem(display_path, lines.line(("site", "feed_authority")), "placeholder-authority", message, remedy))
    return problems
