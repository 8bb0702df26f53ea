"""The home page and the plain ones: content's own pages, feeds, channels, topics, tags, 404, redirects."""

from collections.abc import Iterator

from chuyendoiso.domain import paths
from chuyendoiso.domain.model import Body, Item
from chuyendoiso.domain.vietnamese import sort_key
from chuyendoiso.domain.vocabulary import ITEM_KINDS, KIND_NAMES, Status
from chuyendoiso.views.frame import Frame, crumbs, feed_links
from chuyendoiso.views.lists import upcoming
from chuyendoiso.views.model import Anchor, FeedRow, Head, Home, Plain, Redirect
from chuyendoiso.views.parts import body_view, modules_of, teaser

HOME_NEWS, HOME_DOCUMENTS, HOME_TRAININGS = 6, 5, 3


def home(frame: Frame) -> Home:
    """Return the home page: the pinned or newest news as lead, the next sessions or newest materials, the newest documents."""
    site, catalogue = frame.site, frame.catalogue
    news = sorted(catalogue.news[:50], key=lambda item: not item.pinned)
    lead, rest = (news[0], news[1 : HOME_NEWS + 1]) if news else (None, [])
    sessions = upcoming(frame)
    return Home(
        head=Head(
            title=site.name,
            description=site.tagline or f"Tin tức, văn bản và tài liệu tập huấn của {site.name}.",
            canonical=site.absolute(paths.HOME),
            indexed=frame.indexed,
            feeds=feed_links(frame, ("Tất cả", paths.FEED_OF_ALL)),
            section=site.href(paths.HOME),
        ),
        lead=teaser(frame, lead, picture=True, lazy=False) if lead else None,
        news=tuple(teaser(frame, item) for item in rest),
        training_title="Tập huấn sắp tới" if sessions else "Tài liệu tập huấn mới",
        trainings=tuple(teaser(frame, item) for item in (sessions or catalogue.trainings)[:HOME_TRAININGS]),
        documents=tuple(teaser(frame, item) for item in catalogue.documents[:HOME_DOCUMENTS]),
        more_news=Anchor("Tất cả tin tức", site.href(paths.NEWS)),
        more_trainings=Anchor("Tất cả tập huấn và tài liệu", site.href(paths.TRAININGS)),
        more_documents=Anchor("Thư viện văn bản", site.href(paths.DOCUMENTS)),
        follow=_follow(frame),
    )


def _follow(frame: Frame) -> tuple[Anchor, ...]:
    channels = tuple(Anchor(f"Theo dõi trên {channel.name}", channel.url) for channel in frame.site.open_channels if channel.url)
    return (*channels, Anchor("Theo dõi qua RSS", frame.site.href(paths.FEEDS_PAGE)))


def plain_pages(frame: Frame) -> Iterator[tuple[str, Plain]]:
    """Yield path and view of each page of content, and of the feeds page whether content describes it or not."""
    described = set()
    for page in frame.catalogue.pages:
        described.add(page.path)
        mark = "Bản nháp, chưa đăng" if page.status is Status.DRAFT else None
        reason = page.withdrawn_reason if page.status is Status.WITHDRAWN else None
        body = page.body if page.status is not Status.WITHDRAWN else None
        yield page.path, _plain(frame, page.path, page.title, page.summary, body, mark=mark, reason=reason)
    if paths.FEEDS_PAGE not in described:
        summary = "Các nguồn tin RSS, Atom và JSON của trang, và cách theo dõi."
        yield paths.FEEDS_PAGE, _plain(frame, paths.FEEDS_PAGE, "Nguồn tin", summary, None)


def _plain(
    frame: Frame,
    path: str,
    title: str,
    summary: str,
    body: Body | None,
    *,
    mark: str | None = None,
    reason: str | None = None,
    links: tuple[Anchor, ...] = (),
) -> Plain:
    site = frame.site
    feeds_page, channels_page = path == paths.FEEDS_PAGE, path == paths.CHANNELS_PAGE
    return Plain(
        head=Head(
            title=title,
            description=summary,
            canonical=site.absolute(path),
            indexed=frame.indexed and path != paths.NOT_FOUND and not reason,
            feeds=feed_links(frame, *feed_selections(frame)) if feeds_page else (),
            section=site.href(path),
            modules=modules_of(frame, body) if body else (),
        ),
        crumbs=crumbs(frame),
        title=title,
        summary=summary,
        mark=mark,
        withdrawn_reason=reason,
        body=body_view(frame, body) if body else (),
        feeds=_feed_rows(frame) if feeds_page else (),
        opml=Anchor("Tải danh sách mọi nguồn tin (OPML)", site.href(paths.OPML)) if feeds_page else None,
        channels=tuple(Anchor(one.name, one.url) for one in site.open_channels if one.url) if channels_page else (),
        links=links,
    )


def feed_selections(frame: Frame) -> tuple[tuple[str, str], ...]:
    """Return title and selection of each feed: all, each kind, each topic."""
    kinds = tuple((KIND_NAMES[kind], kind.value) for kind in ITEM_KINDS)
    topics = tuple((topic.name, paths.topic_feed(topic.slug)) for topic in frame.site.topics)
    return (("Tất cả", paths.FEED_OF_ALL), *kinds, *topics)


def _feed_rows(frame: Frame) -> tuple[FeedRow, ...]:
    rows = []
    for title, selection in feed_selections(frame):
        formats = ((name, paths.feed(selection, file)) for name, file, _ in paths.FEED_FORMATS)
        rows.append(FeedRow(title=title, links=tuple(Anchor(name, frame.site.href(path)) for name, path in formats)))
    zalo = FeedRow(title="Dành cho kênh Zalo", links=(Anchor("RSS", frame.site.href(paths.ZALO_FEED)),))
    return (*rows, zalo)


def index_pages(frame: Frame) -> Iterator[tuple[str, Plain]]:
    """Yield path and view of the pages that list topics and tags."""
    topics = tuple(Anchor(topic.name, frame.site.href(paths.topic(topic.slug))) for topic in frame.site.topics)
    yield (
        paths.TOPICS,
        _plain(
            frame, paths.TOPICS, "Chủ đề", "Các chủ đề của trang; mỗi chủ đề có tin tức, văn bản, tài liệu.", None, links=topics
        ),
    )
    used = {tag for item in frame.catalogue.items for tag in item.tags}
    names = sorted(((frame.catalogue.tag_names[tag], tag) for tag in used), key=lambda pair: sort_key(pair[0]))
    tags = tuple(Anchor(name, frame.site.href(paths.tag(tag))) for name, tag in names)
    yield paths.TAGS, _plain(frame, paths.TAGS, "Từ khóa", "Mọi từ khóa của trang, theo thứ tự chữ cái.", None, links=tags)


def not_found(frame: Frame) -> Plain:
    """Return the page that a web server shows for an unknown address."""
    summary = "Địa chỉ này không có trên trang. Có thể bài đã đổi địa chỉ, hoặc đường link bị gõ sai."
    links = tuple(Anchor(KIND_NAMES[kind], frame.site.href(paths.KIND_LISTS[kind])) for kind in ITEM_KINDS)
    return _plain(frame, paths.NOT_FOUND, "Không tìm thấy trang", summary, None, links=links)


def redirect(frame: Frame, item: Item) -> Redirect:
    """Return the page at a former path of an item."""
    head = Head(
        title=item.title, description=item.summary, canonical=frame.site.absolute(item.path), indexed=False,
        section=frame.site.href(paths.KIND_LISTS[item.kind]),
    )  # fmt: skip
    return Redirect(head=head, target=frame.site.href(item.path), title=item.title)
