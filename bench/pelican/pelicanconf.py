"""Stock Pelican on the benchmark's corpus: article, list, topic and tag pages, and a feed of all and of each topic in two formats."""

SITENAME = "Trang thử"
SITEURL = "https://trang.thu"
PATH = "content"
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"
THEME = "theme"
READERS = {"rst": None, "html": None}
PLUGINS = []
ARTICLE_URL = "tin/{slug}/"
ARTICLE_SAVE_AS = "tin/{slug}/index.html"
CATEGORY_URL = "chu-de/{slug}/"
CATEGORY_SAVE_AS = "chu-de/{slug}/index.html"
TAG_URL = "tu-khoa/{slug}/"
TAG_SAVE_AS = "tu-khoa/{slug}/index.html"
AUTHOR_SAVE_AS = ""
AUTHORS_SAVE_AS = ""
ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index"]
PAGINATED_TEMPLATES = {"index": None, "tag": None, "category": None}
DEFAULT_PAGINATION = 12
PAGINATION_PATTERNS = (
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/trang-{number}/", "{base_name}/trang-{number}/index.html"),
)
FEED_ALL_ATOM = "feeds/all.atom.xml"
FEED_ALL_RSS = "feeds/all.rss.xml"
CATEGORY_FEED_ATOM = "feeds/{slug}.atom.xml"
CATEGORY_FEED_RSS = "feeds/{slug}.rss.xml"
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 50
