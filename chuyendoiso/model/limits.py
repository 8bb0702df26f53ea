"""The limits on content; site.yml's `limits` may change any of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds, pictures in pixels, words in characters."""

    article_bytes: int = 300_000  # some 50,000 words: ten times the longest article that a reader would finish
    conversion_seconds: int = 5  # a page of any sense takes hundredths; Python-Markdown has inputs that take minutes
    picture_bytes: int = 40_000_000
    picture_pixels: int = 120_000_000  # phones take up to 50 million, a few 108; a bomb has thousands of millions
    picture_seconds: int = 20  # to read one; the largest allowed takes a few
    attachment_bytes: int = 60_000_000
    memory_bytes: int = 300_000_000  # of the machine, for one article or picture
    # Zalo's article interface, after a third party's documentation
    zalo_title: int = 150  # characters
    zalo_author: int = 50
    zalo_description: int = 300
    zalo_picture_bytes: int = 1_000_000
    zalo_keyword: int = 40  # characters of a keyword that the channel answers to, "#" included
    zalo_reply: int = 500  # characters
    zalo_menu: int = 10  # questions
    answer_months: int = 12  # an answer is to be checked again after so many
    comment_days: int = 20  # a draft is open for comment for so many, the last one included
    response_days: int = 60  # from the closing day to the response
