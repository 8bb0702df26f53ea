"""The exceptions that end a command with a plain line and an exit status.

BuildStopped                          status 1: the old site stays
├── WrongUse                          status 2: the command, a setting or the machine must change
│   ├── system.git.NoRepository
│   └── deploy.zalo.tokens.NoKey
├── Busy                              status 75: another command holds the lock
├── model.problems.ContentRejected    the problems of all content files
├── system.cache.CacheMissing         the cache was deleted during a build
├── authoring.word.import_report.ImportStopped
├── deploy.zalo.published.Unpublished
└── deploy.zalo.error_codes.AccountRefused
"""


class BuildStopped(Exception):
    """Ends a command with a plain message and an exit status."""

    exitcode = 1


class WrongUse(BuildStopped):
    """An option, a setting or the machine does not allow the command."""

    exitcode = 2


class Busy(BuildStopped):
    """Another command holds the lock (EX_TEMPFAIL of sysexits.h)."""

    exitcode = 75
