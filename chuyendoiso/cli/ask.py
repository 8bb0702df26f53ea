"""`invoke ask`."""

from pathlib import Path
from typing import TYPE_CHECKING

from chuyendoiso.cli.command_line import ROOT, Context, command
from chuyendoiso.system.errors import WrongUse

if TYPE_CHECKING:
    from chuyendoiso.outputs.search.reader import SearchIndex

EXAM = "--exam"  # instead of a question: invoke demands a positional argument
VERDICTS = {"answer": "trả lời bằng các đoạn trên", "related": "chỉ có thể liên quan", "none": "trang chưa có câu trả lời"}


@command(
    positional=["question"],
    help={
        "question": f"câu hỏi hoặc từ cần tìm, đặt trong dấu nháy; {EXAM}: chấm ô tìm kiếm bằng các câu hỏi trong tests/questions/",
        "site": "thư mục của trang đã dựng",
    },
)
def ask(c: Context, question: str, site: str = "output") -> None:
    """Hỏi trang như ô tìm kiếm: thứ hạng, điểm, các đoạn khớp."""
    from chuyendoiso.ops.search_exam import report
    from chuyendoiso.outputs.search.reader import SearchIndex
    from chuyendoiso.system.site_files import folder_reader

    try:
        index = SearchIndex(folder_reader(Path(site)))
        print(report(index, ROOT / "tests/questions") if question == EXAM else _answer(question, index))
    except (OSError, ValueError, KeyError):
        raise WrongUse(
            f"Không đọc được chỉ mục tìm kiếm trong {site}. Cách sửa: dựng trang bằng make html, hoặc chỉ --site."
        ) from None


def _answer(question: str, index: "SearchIndex") -> str:
    """Return ranks and scores of the first items, the passages and the verdict."""
    from chuyendoiso.ops.search_exam import text_of
    from chuyendoiso.outputs.search.ranking import best_passages, judge, search

    query, ranked = search(question, index)
    lines = [f"Tìm theo: {' '.join(query.mended)}"] if query.mended else []
    lines += [f"{one.score:7.2f} {index.record(one.item)['href']}" for one in ranked[:8]]
    for one, passage in best_passages(ranked):
        lines.append(f"{passage.share:7.2f} {index.record(one.item)['href']}\n        {text_of(index, one, passage)}")
    return "\n".join([*lines, f"Kết luận: {VERDICTS[judge(ranked)]}", *([] if ranked else ["Không tìm thấy gì."])])
