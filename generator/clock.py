"""When the site was built: the one place that turns a clock into the date that pages and files carry.

The edges (`cli`, `mkdocs_hook`) read clock and environment and pass the result down.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

from generator.errors import GeneratorError

BEIJING = timezone(timedelta(hours=8))
"""The time of every office that publishes; a machine's own time zone never shows on a page."""

UNDATED = datetime(1980, 1, 1, tzinfo=BEIJING)
"""For builds whose date does not matter: the first day that a zip file can hold."""


def built_at(environment: Mapping[str, str], now: datetime | None = None) -> datetime:
    """Give the time of this build in Beijing, to the second.

    `SOURCE_DATE_EPOCH` (seconds since 1970, reproducible-builds.org) goes before `now`, the clock's.
    GeneratorError when it is not such a number.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return (now or datetime.now(UTC)).astimezone(BEIJING).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), BEIJING)
    except (ValueError, OverflowError, OSError) as error:
        raise GeneratorError(
            "SOURCE_DATE_EPOCH",
            f"“{epoch}”不是 1970 年以来的秒数",
            f"`{epoch}` is not a number of seconds since 1970",
        ) from error
