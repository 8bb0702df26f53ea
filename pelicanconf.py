"""Settings of a preview. The site's names and address are in content/site.yml; publishconf.py says what production overrides."""

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGINS = ["chuyendoiso.build.pelican"]

# Ours
PREVIEW = False  # show drafts and scheduled items, marked
ADDRESS = None  # of a preview that is served elsewhere than site.yml says
PUBLISHING = False  # refuse what may not go public: a placeholder address
ALLOW_SHRINK = False  # let a release be much smaller than the last published one
RECORDS = True  # each item as JSON, and the archive of the Atom feed: what publishing compares, and who keeps a copy of the site
SHARE_CARDS = True  # a picture with its title for each item, for social networks and messengers
EXPLAIN = False  # say why files were made again
WAIT = 0  # seconds for which to wait for another build's end
RELEASES_KEPT = 2  # what an editor's machine needs to stay fast
PUBLISHED_KEPT = 5  # of those made by `make publish`, to roll back to

# The plugin reads and writes everything; Pelican's own readers, generators and feeds stay idle.
ARTICLE_PATHS = []
PAGE_PATHS = []
STATIC_PATHS = []
DIRECT_TEMPLATES = []
THEME_STATIC_PATHS = []
READERS = {"rst": None, "html": None, "md": None}
DELETE_OUTPUT_DIRECTORY = False
CACHE_CONTENT = False
TIMEZONE = "UTC"
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
