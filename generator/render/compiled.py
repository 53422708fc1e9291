"""Keeps compiled templates from one run to the next, beside the program, as Python does with modules."""

from contextlib import suppress
from io import BytesIO
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from generator.inputs import program
from generator.kept import Kept

_KEPT = Kept(Path(__file__).parent / "__pycache__" / "templates")


class Compiled(BytecodeCache):
    """A template whose text is another, or that another program compiled, is compiled anew."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template as it was compiled, if it was."""
        content = _KEPT.get(bucket.key, _key(bucket))
        if content is not None:
            bucket.load_bytecode(BytesIO(content))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, where the program's own folder can be written."""
        with suppress(OSError):
            _KEPT.put(bucket.key, _key(bucket), bucket.bytecode_to_string())


def _key(bucket: Bucket) -> str:
    return f"{program()}-{bucket.checksum}"
