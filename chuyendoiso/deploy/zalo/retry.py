"""Repeat requests for a bounded time; then the next run tries again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from chuyendoiso.deploy.zalo.error_codes import TryLater, Unknown

T = TypeVar("T")

TRIES = 5  # of one request: half a minute of waiting
REPORTED = 10.0  # seconds from which on a wait is reported
FIRST, LONGEST = 2.0, 60.0  # seconds to wait after the first failure, and at most


@dataclass(frozen=True, slots=True)
class Retry:
    """Repeat requests; `say` reports a long wait."""

    say: Callable[[str], None]
    sleep: Callable[[float], None]

    def __call__(self, request: Callable[[], T], *, unknown: bool = True) -> T:
        """Return the answer; with `unknown`, repeat a request that may have been heard."""
        for attempt in range(TRIES):
            try:
                return request()
            except (TryLater, Unknown) as error:
                if attempt == TRIES - 1 or (isinstance(error, Unknown) and not unknown):
                    raise
                asked = error.seconds if isinstance(error, TryLater) else None
                self._wait(min(LONGEST, asked or FIRST * 2.0**attempt), error)
        raise AssertionError

    def _wait(self, seconds: float, why: Exception) -> None:
        if seconds >= REPORTED:
            self.say(f"Đợi {seconds:.0f} giây rồi hỏi lại: {why}.")
        self.sleep(seconds)
