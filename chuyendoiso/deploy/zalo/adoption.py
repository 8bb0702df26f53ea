"""Complete a lost or restored state from the articles on the channel.

An article is ours if it links to a page of the site.
"""

from collections.abc import Callable
from dataclasses import dataclass

from chuyendoiso.deploy.zalo.account_list import AccountList, addresses_of, page_key, page_of
from chuyendoiso.deploy.zalo.channel_state import ChannelState, KnownArticle
from chuyendoiso.deploy.zalo.published import Published
from chuyendoiso.deploy.zalo.quota import record_created


@dataclass(frozen=True, slots=True)
class LinkedPage:
    """A page that an article may link to."""

    id: str
    title: str
    url: str


@dataclass
class Adoption:
    """Complete a state from the account's list.

    Raises Unproven, and as a request does: then the state stays incomplete.
    """

    state: ChannelState
    articles: AccountList
    say: Callable[[str], None]

    def run(self, published: Published) -> None:
        """Adopt our articles.

        The state stays incomplete until the list is certain to have all of them.

        If the state was restored, or if the channel has articles of ours, the state was lost in use. A creation that it knew
        of may not be listed yet, so the list is read again one settling time later.
        """
        pages = _pages(published)
        for article in self.articles.ids():
            if article not in self.state.articles:
                self._adopt(article, pages, published)
        self.articles.check()
        as_of, account = self.articles.as_of, self.state.account
        assert as_of is not None
        account.rebuilt = min(account.rebuilt or as_of, as_of)  # a clock may have been wrong
        in_use = bool(self.state.articles) or not self.state.is_new
        if not in_use or as_of - account.rebuilt >= self.articles.settling:
            self.state.incomplete, account.rebuilt = False, None
        self.state.save()

    def _adopt(self, article: str, pages: dict[str, LinkedPage], published: Published) -> None:
        detail = self.articles.detail(article)
        page = page_of(detail, pages) or _unlisted_page(next(addresses_of(detail), ""), published)
        if page is None:
            return
        title = page.title or str(detail.get("title") or page.url)
        known = self.state.items.setdefault(page.id, KnownArticle(title, page.url))
        if known.gone:
            return
        if known.article in self.articles.ids() or (known.article and known.asked and not self.articles.is_past(known.asked)):
            self.say(f"Kênh có hai bài cùng dẫn tới {page.url} ({known.article} và {article}). Cách sửa: xóa một bài trên Zalo.")
            return
        if known.creating and known.asked:
            record_created(self.state.account, known.asked)
        known.settle(article, None)
        self.state.save()
        self.say(f"Đã nhận ra “{title}” trên kênh.")


def _pages(published: Published) -> dict[str, LinkedPage]:
    """Return the pages of items and removed items, by every address they had."""
    removed = (LinkedPage(id_, "", f"{published.site.rstrip('/')}/{id_.partition(':/')[2]}") for id_ in published.removed)
    pages = {page_key(page.url): page for page in removed}
    for item in published.items:
        page = LinkedPage(item.id, item.title, item.url)
        pages |= {page_key(address): page for address in (*item.former, item.url)}
    return pages


def _unlisted_page(address: str, published: Published) -> LinkedPage | None:
    """Return the page of an older item, which the site no longer lists.

    The site may withdraw it later. The id is made from the path (`Site.permanent_id`), which is right for an item that never moved.
    """
    site = page_key(published.site)
    ids = (*(item.id for item in published.items), *published.removed)
    prefix = next((id_.partition(":/")[0] for id_ in ids if ":/" in id_), "")
    if not (site and prefix and address.startswith(f"{site}/")):
        return None
    path = address.removeprefix(f"{site}/")
    return LinkedPage(f"{prefix}:/{path}/", "", f"{site}/{path}/")
