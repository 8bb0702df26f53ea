"""`invoke ask`."""

from pathlib import Path

from chuyendoiso.cli.command_line import Context, command
from chuyendoiso.system.errors import WrongUse

VERDICTS = {"answer": "trả lời bằng các đoạn trên", "related": "chỉ có thể liên quan", "none": "trang chưa có câu trả lời"}


@command(
    positional=["question"],
    help={"question": "câu hỏi hoặc từ cần tìm, đặt trong dấu nháy", "site": "thư mục của trang đã dựng"},
)
def ask(c: Context, question: str, site: str = "output") -> None:
    """Hỏi trang như ô tìm kiếm hỏi: thứ hạng, điểm và đoạn khớp nhất của mỗi kết quả."""
    from chuyendoiso.ops.search_exam import text_of
    from chuyendoiso.outputs.search.ranking import best_passages, judge, search
    from chuyendoiso.outputs.search.reader import SearchIndex
    from chuyendoiso.system.site_files import folder_reader

    try:
        index = SearchIndex(folder_reader(Path(site)))
        query, ranked = search(question, index)
        if query.mended:
            print(f"Tìm theo: {' '.join(query.mended)}")
        for one in ranked[:8]:
            print(f"{one.score:7.2f} {index.record(one.item)['href']}")
        for one, passage in best_passages(ranked):
            print(f"{passage.share:7.2f} {index.record(one.item)['href']}\n        {text_of(index, one, passage)}")
        print(f"Kết luận: {VERDICTS[judge(ranked)]}")
        if not ranked:
            print("Không tìm thấy gì.")
    except (OSError, ValueError):
        raise WrongUse(
            f"Không đọc được chỉ mục tìm kiếm trong {site}. Cách sửa: dựng trang bằng make html, hoặc chỉ --site."
        ) from None
