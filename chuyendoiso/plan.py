"""The plan of a release: every file that it shall have, and how it is made. Asks every feature for its part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain
from pathlib import Path

from chuyendoiso import assets, attachments, calendars, feeds, images, search, sitemap
from chuyendoiso.engine.fingerprints import file_digest
from chuyendoiso.model.history import Timeline
from chuyendoiso.model.items import Catalogue, File, Item
from chuyendoiso.model.output import Folder, Output, Planned
from chuyendoiso.model.site import Site
from chuyendoiso.model.vocabulary import DEMO_MARKER
from chuyendoiso.order import Order
from chuyendoiso.search.leaves import Leaf, leaves
from chuyendoiso.system.errors import WrongUse
from chuyendoiso.views.frame import Assets, Frame
from chuyendoiso.views.pages import plan_pages

NOTICE = "Dữ liệu minh họa, không phải thông tin chính thức"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a release is planned from."""

    catalogue: Catalogue
    site: Site
    files: tuple[File, ...]
    moment: datetime
    order: Order
    timeline: Timeline
    sources: Mapping[str, Path]  # content files by name in NFC, as the file system names them

    def pages(self) -> list[Output]:
        """Plan every page. Raises WrongUse where illustrative content is to be published."""
        components = assets.read_components(self.order.theme) if self.order.preview else ()
        templates = Folder(str(self.order.theme), file_digest([self.order.theme / "templates"]))
        return list(plan_pages(self.catalogue, self._frame, templates, self._card_of, components))

    def others(self) -> list[Planned]:
        """Plan every other file but the shards of the search index, which tell what all bodies hold."""
        sources, catalogue, site = self.sources, self.catalogue, self.site
        covered = [item for item in feeds.for_zalo(catalogue, self.timeline) if self._zalo_cover_of(item)]
        return list(
            chain(
                feeds.plan_feeds(catalogue, site, self._zalo_cover_of, self.timeline, records=self.order.records),
                calendars.plan_calendars(catalogue, site, self.timeline),
                search.plan_search(self.leaves, site) if self.leaves is not None else (),
                sitemap.plan_sitemap(catalogue, site, self.moment, indexed=self._frame.indexed),
                images.plan_renditions(catalogue, sources),
                images.plan_cards(catalogue, site, self._fonts) if self.order.share_cards else (),
                images.plan_covers(covered, site, self._fonts, sources),
                images.plan_first_pages(attachments.offered(catalogue), sources),
                attachments.plan_attachments(catalogue, self.files, sources),
                assets.plan_assets(self._stylesheets, self._modules, self._theme_files),
            )
        )

    @cached_property
    def leaves(self) -> tuple[Leaf, ...] | None:
        """Return those of the search index; None where the theme has no search."""
        return leaves(self.catalogue.items) if assets.has_search(self.order.theme) else None

    @cached_property
    def _frame(self) -> Frame:
        demo = (self.order.content / DEMO_MARKER).exists()
        if demo and self.order.publishing:
            raise WrongUse("Nội dung minh họa không đăng được. Cách sửa: đăng từ thư mục content/ thật.")
        font = next((path for path, _, _ in self._theme_files if path.endswith(".woff2")), "")
        sheets, modules = ({one.name: one.path for one in found} for found in (self._stylesheets, self._modules))
        card = images.site_card_path(self.site, self._fonts) if self.order.share_cards else None
        return Frame(self.site, Assets(sheets, f"/{font}", modules, card), self.order.preview, NOTICE if demo else None)

    @cached_property
    def _stylesheets(self) -> tuple[assets.Stylesheet, ...]:
        return assets.read_stylesheets(self.order.theme, preview=self.order.preview)

    @cached_property
    def _modules(self) -> tuple[assets.Module, ...]:
        return assets.read_modules(self.order.theme, preview=self.order.preview)

    @cached_property
    def _theme_files(self) -> tuple[tuple[str, Path, str], ...]:
        return assets.read_theme_files(self.order.theme)

    @cached_property
    def _fonts(self) -> Folder:
        return Folder(str(self.order.theme / "fonts"), file_digest([self.order.theme / "fonts"]))

    def _card_of(self, item: Item) -> str | None:
        return images.card_path(item, self.site, self._fonts) if self.order.share_cards else None

    def _zalo_cover_of(self, item: Item) -> str | None:
        return images.cover_path(item, self.site, self._fonts) if item.cover or self.order.share_cards else None
