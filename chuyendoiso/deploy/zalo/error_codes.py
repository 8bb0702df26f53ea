"""Error codes of the article API.

Zalo documents its codes on no public page. Each line of the table names its source. An operator corrects the table with
`ZALO_ERRORS` in publishconf.py. A code that is in neither means: wait, and report it.
"""

from collections.abc import Mapping
from enum import Enum

from chuyendoiso.system.errors import BuildStopped, WrongUse


class Meaning(Enum):
    """The consequence of an error code; the value is its name in `ZALO_ERRORS`."""

    EXPIRED = "expired"  # the access token: refresh it once
    QUOTA_DAY = "quota-day"  # nothing more until tomorrow
    QUOTA_MONTH = "quota-month"  # no new article until next month
    REFUSED = "refused"  # the account lacks the right, its plan is too low, or it is locked: the run ends
    PROCESSING = "processing"  # the article is not ready: wait
    WRONG_FORM = "wrong-form"  # a parameter is wrong
    BUSY = "busy"  # too many requests: wait a little
    MISSING = "missing"  # there is no such article: a proof of absence, like the account's list


# Sources: public clients of the article API on GitHub, 2025–2026. None is Zalo's own documentation.
# No client shows the code for "no such article": the table has none.
ERRORS: Mapping[int, Meaning] = {
    -32: Meaning.BUSY,  # "rate limit"
    -124: Meaning.EXPIRED,  # clients refresh the access token
    -216: Meaning.EXPIRED,  # "Access token is invalid"
    -220: Meaning.EXPIRED,  # "Access token has expired"
    -211: Meaning.QUOTA_DAY,  # "Out of quota"
    -223: Meaning.QUOTA_MONTH,  # the plan's articles of the month are used up
    -204: Meaning.REFUSED,  # the Official Account is locked or removed
    -213: Meaning.REFUSED,  # the application lacks the right to manage articles
    -224: Meaning.REFUSED,  # the plan is too low for this API; a client names it OA_TIER_LIMITED
    -214: Meaning.PROCESSING,  # media of the article is processed; clients ask `verify` again after seconds
    -201: Meaning.WRONG_FORM,  # "Params is invalid"; `getslice`: "type accept only 2 value normal and video"
}


class Unknown(Exception):
    """No usable response: the API may have acted on the request or not."""


class TryLater(Exception):
    """The API asks to wait, `seconds` if known: it did not act."""

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = seconds
        super().__init__("máy chủ Zalo đang bận")


class Refused(Exception):
    """The API refuses one request; `meaning` is None for an unknown code."""

    def __init__(self, code: int, words: str, meaning: Meaning | None) -> None:
        self.code, self.meaning = code, meaning
        super().__init__(f"{words or 'không rõ lý do'} (mã {code}{'' if meaning else ', chưa rõ nghĩa'})")


class Unproven(Exception):
    """An article is not in the account's list, and that proves nothing yet."""


class QuotaSpent(Exception):
    """The account has no quota left; `meaning` says for which period."""

    def __init__(self, code: int, meaning: Meaning) -> None:
        self.meaning = meaning
        period = "hôm nay" if meaning is Meaning.QUOTA_DAY else "tháng này"
        super().__init__(f"gói của tài khoản đã hết lượt {period} (mã {code})")


class AccountRefused(BuildStopped):
    """The API refuses the account: nothing follows about any article."""


def parse_errors(setting: object) -> Mapping[int, Meaning]:
    """Return the table, corrected by `ZALO_ERRORS`. Raises WrongUse."""
    meanings = {meaning.value: meaning for meaning in Meaning}
    entries = setting.items() if isinstance(setting, Mapping) else [(setting, None)]
    corrected = {}
    for code, name in entries:
        if type(code) is not int or code == 0 or name not in meanings:
            raise WrongUse(
                f"ZALO_ERRORS trong publishconf.py không đúng dạng: {code!r}: {name!r}. Cách sửa: ghi mã lỗi là số khác 0 và "
                f'nghĩa của nó, ví dụ ZALO_ERRORS = {{-213: "refused"}}; nghĩa là một trong: {", ".join(meanings)}.'
            )
        corrected[code] = meanings[name]
    return {**ERRORS, **corrected}
