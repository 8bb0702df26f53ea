"""The constants of the search, which the index gives to search-worker.js.

docs/performance.md says on which questions they were chosen.
"""

from collections.abc import Mapping

from chuyendoiso.outputs.search.words import exact, plain

CONSTANTS: Mapping[str, float] = {
    "pair": 1.0,  # weight of two neighbours beside one word
    "function": 0.12,  # weight of a function word
    "half": 0.5,  # weight of a pair with one function word, and
    "both": 0.25,  # of a pair of two: "đô thị" without marks
    "mended": 0.8,  # weight of a term with a mended word
    "title": 0.35,  # additional weight of a term in the title, in the index
    "marked": 0.3,  # additional weight of a word that is typed with marks, and has these marks
    "synonym": 0.6,  # weight of a synonym's terms
    "best": 8,  # items whose records are ranked
    "index": 0.5,  # weight of the first score in the second
    "cover": 0.6,  # additional weight of an item whose title the query has in full
    "number": 3.0,  # weight of a document whose number has all of the query, and
    "cited": 1.5,  # of one whose number is a part of it
    "over": 0.85,  # weight of a session that is over
    "k1": 1.2,
    "b": 0.5,
    "length": 25,  # words of an average passage
    "heading": 0.5,  # additional frequency of a term in the heading, and
    "named": 0.55,  # in the title
    "summary": 0.8,  # weight of an item's summary as a passage: the text itself says more
    "most": 2.2,  # of a term's frequency
    "local": 1.2,  # weight of a passage's score among those of its item, beside the item's
    "listed": 0.3,  # share of the best score from which an item is listed
    "power": 0.3,  # of a word's rarity, in what a passage has of a query; in that,
    "digits": 3,  # weight of a number, and
    "unknown": 0.5,  # of another word that the site does not have, and
    "asking": 0.5,  # of one in a query without marks that may be a word of spoken questions
    "defines": 3.0,  # weight of a passage that defines what a question asks for
    "undefined": 0.8,  # and, of one that asks for a definition, of one that has none
    "clause": 0.8,  # weight of the share of a clause, if it has at least
    "least": 3,  # words of content
    "unfit": 0.5,  # share of a passage that lacks the kind of answer that a question asks for
    "answer": 0.85,  # share of a question that its best passage has from which it answers, and
    "related": 0.555,  # from which an item may be related to it
}
_FUNCTION = (
    "là thì mà và của có được không cho để ở tại với như thế nào gì sao ai khi này nay kia đó những nhưng các một bị sẽ đã đang hay hoặc "
    "nếu vì nên cũng cùng ra vào lên trên dưới trong ngoài từ đến tôi tới phải cần muốn làm về theo bao nhiêu nhiều à ạ nhé ơi đây vậy xin "
    "hỏi mình chúng ta bạn bác chú em con còn chưa rồi mỗi mọi bằng rằng ư "
    "ko k kg kh hk hok hem đc dc j z v r h ntn tnao bh bjo chx lm ng đg vs"  # as people write them in chats
).split()
_ASKING = (  # words of spoken questions; without marks "may", "gio" are other words, too
    "mấy cái kiểu hồi giờ thật hả nhỉ đâu lại hết chỗ luôn vừa bây chả chẳng chứ cứ lỡ trót ấy hẳn nữa vẫn xong khỏi thôi bảo kêu dưng hở "
    "vầy răng mô hông hổng dùm giùm thế nhỡ sẵn hoài cỡ chừng tự đấy kìa bèn"
).split()
FUNCTION_WORDS = frozenset(map(plain, _FUNCTION))
MARKED_FUNCTION_WORDS = frozenset(filter(None, map(exact, _FUNCTION + _ASKING)))
ASKING_WORDS = frozenset(map(plain, _ASKING)) - FUNCTION_WORDS
