"""What other processes find out about the releases there are while a build begins."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Looks:
    """Each waits for what it asks for, and answers with the name of a release, or None where nobody looked or something is amiss."""

    whole: Callable[[], str | None]  # that of which every file is as it was left
    as_left: Callable[[], str | None]  # that which need not stay, if nobody has put anything into its folders or taken it out


NO_LOOKS = Looks(lambda: None, lambda: None)
