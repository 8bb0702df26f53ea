"""The exceptions that end a command with a plain line and an exit status.

`BuildStopped` is any of them (status 1); `WrongUse` is for whoever typed the command (2), `Busy` for another build's lock (75).
`ContentRejected`, for what editors wrote, is in `model.problems`.
"""


class BuildStopped(Exception):
    """Ends a command with a plain message and an exit status."""

    exitcode = 1


class WrongUse(BuildStopped):
    """The command was given something it cannot work with."""

    exitcode = 2


class Busy(BuildStopped):
    """Another build holds the lock (status of sysexits.h EX_TEMPFAIL)."""

    exitcode = 75
