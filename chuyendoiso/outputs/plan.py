"""The plan of a release: all its targets, from every folder of `outputs/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain
from pathlib import Path

from chuyendoiso.model.content_types import ITEM_TYPES
from chuyendoiso.model.history import Timeline
from chuyendoiso.model.items import Catalogue, File, Item
from chuyendoiso.model.site import Site
from chuyendoiso.model.target import Folder, Planned, Target
from chuyendoiso.outputs import assets, attachments, calendars, feeds, images, search, sitemap
from chuyendoiso.outputs.channels import CHANNELS
from chuyendoiso.outputs.pages.page_plan import plan_pages
from chuyendoiso.outputs.pages.render_context import Assets, RenderContext
from chuyendoiso.outputs.pages.statistics import search_page
from chuyendoiso.outputs.search import assistant
from chuyendoiso.outputs.search.segments import Segment, split_into_segments
from chuyendoiso.system.file_status import file_digest

NOTICE = "Dữ liệu minh họa, không phải thông tin chính thức"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Plans all files of a release from its inputs."""

    catalogue: Catalogue
    site: Site
    files: tuple[File, ...]
    as_of: datetime
    theme: Path
    timeline: Timeline
    preview: bool
    share_cards: bool
    records: bool
    illustrative: bool  # generated content
    sources: Mapping[str, Path]  # content files by name in NFC, as the file system names them

    def pages(self) -> list[Target]:
        """Plan every page."""
        components = assets.read_components(self.theme) if self.preview else ()
        templates = Folder(str(self.theme), file_digest([self.theme / "templates", self.theme / "components"]))
        return list(plan_pages(self.catalogue, self._context, templates, self._card_of, components))

    def others(self) -> list[Planned]:
        """Plan all other files except search shards, which depend on all bodies."""
        sources, catalogue, site = self.sources, self.catalogue, self.site
        return list(
            chain(
                feeds.plan_feeds(catalogue, site, self.timeline, records=self.records),
                calendars.plan_calendars(catalogue, site, self.timeline),
                search.plan_search(self.segments, site) if self.segments is not None else (),
                assistant.plan_assistant(catalogue, site, self.timeline, self.segments or (), sources) if self.records else (),
                sitemap.plan_sitemap(catalogue, site, self.as_of, indexed=self._context.indexed),
                images.plan_renditions(catalogue, sources),
                images.plan_cards(catalogue, site, self.fonts) if self.share_cards else (),
                *(
                    channel.plan(catalogue, site, self.timeline, self.fonts, sources, share_cards=self.share_cards)
                    for channel in CHANNELS
                ),
                images.plan_first_pages(attachments.offered_files(catalogue), sources),
                attachments.plan_attachments(catalogue, self.files, sources),
                assets.plan_assets((*self._stylesheets, *self._modules), self._theme_files),
            )
        )

    @cached_property
    def segments(self) -> tuple[Segment, ...] | None:
        """Return the segments of the search index; None if the theme has no search."""
        if not assets.has_search(self.theme):
            return None
        figures = search_page(self.catalogue, self._context)
        return split_into_segments((*self.catalogue.items, *self.catalogue.public_pages, *([figures] if figures else [])))

    @cached_property
    def _context(self) -> RenderContext:
        font = next((path for path, _, _ in self._theme_files if path.endswith(".woff2")), "")
        sheets, modules = ({text.name: text.path for text in texts} for texts in (self._stylesheets, self._modules))
        card = images.site_card_path(self.site, self.fonts) if self.share_cards else None
        return RenderContext(
            self.site,
            Assets(sheets, f"/{font}", modules, card),
            self.preview,
            NOTICE if self.illustrative else None,
            tuple(kind for kind, content_type in ITEM_TYPES.items() if self.catalogue.of(content_type.item)),
        )

    @cached_property
    def _stylesheets(self) -> tuple[assets.ThemeText, ...]:
        return assets.read_stylesheets(self.theme, preview=self.preview)

    @cached_property
    def _modules(self) -> tuple[assets.ThemeText, ...]:
        return assets.read_modules(self.theme, preview=self.preview)

    @cached_property
    def _theme_files(self) -> tuple[tuple[str, Path, str], ...]:
        return assets.read_theme_files(self.theme)

    @cached_property
    def fonts(self) -> Folder:
        """Return the folder of fonts that cards are drawn with."""
        return Folder(str(self.theme / "fonts"), file_digest([self.theme / "fonts"]))

    def _card_of(self, item: Item) -> str | None:
        return images.card_path(item, self.site, self.fonts) if self.share_cards else None
