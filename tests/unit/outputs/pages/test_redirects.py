"""Pages that lead on."""

from rich_site import CONTEXT, HOME

from chuyendoiso.model.target import Deferred
from chuyendoiso.outputs.pages.page_plan import redirect, redirects_of_lists
from chuyendoiso.outputs.pages.views import Head, RedirectPage


def test_a_former_address_redirects_to_the_present_one():
    assert redirect(CONTEXT, "/van-ban/van-ban/", "Văn bản") == RedirectPage(
        head=Head(
            title="Văn bản", description="Văn bản", canonical=f"{HOME}/van-ban/van-ban/", indexed=False, sheet="news"
        ),
        target="/cds/van-ban/van-ban/", title="Văn bản",
    )  # fmt: skip


def test_a_former_list_redirects_to_the_nearest_page_above_it():
    planned = {"/", "/tu-khoa/", "/chu-de/so/", "/van-ban/"}
    former = ["/tu-khoa/a/trang-1/", "/tu-khoa/a/", "/chu-de/so/trang-2/", "/chu-de/so/", "/van-ban/loai/luat/", "/la/", "/la/"]
    names = {"/tu-khoa/": "Từ khóa", "/van-ban/": "Văn bản"}
    targets = ["/tu-khoa/", "/tu-khoa/", "/chu-de/so/", None, "/van-ban/", "/"]
    expected = [
        (path, Deferred(redirect, (CONTEXT, target, names.get(target, CONTEXT.site.name))))
        for path, target in zip(dict.fromkeys(former), targets, strict=True)
        if target
    ]
    assert list(redirects_of_lists(CONTEXT, former, planned)) == expected
