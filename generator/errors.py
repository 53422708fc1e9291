"""What stops the program. Wrong data never does: that is a `Finding`."""

from pathlib import Path


class GeneratorError(Exception):
    """The program cannot go on: a path that cannot be read, a setting that makes no sense.

    Raised anywhere, caught once, in `cli`. `message` says in Chinese what is wrong and what to do,
    `message_en` the same in English.
    """

    def __init__(self, path: Path | str, message: str, message_en: str) -> None:
        super().__init__(f"{path}：{message}")
        self.path = str(path)
        self.message = message
        self.message_en = message_en

    def __reduce__(self) -> tuple[type["GeneratorError"], tuple[str, str, str]]:
        """Say how to make it again, so that it can come from another process."""
        return type(self), (self.path, self.message, self.message_en)
