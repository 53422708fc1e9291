"""Reads the descriptions beside this file. They are ours, so a mistake in one stops the program."""

from importlib.resources import files
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from generator.errors import GeneratorError
from generator.yaml_source import parse


class Described(BaseModel):
    """The base of all descriptions: frozen and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


T = TypeVar("T", bound=Described)


def load(name: str, kind: type[T]) -> T:
    """Read the description `name`, a file of this package, as a `kind`."""
    source, findings = parse(files("generator.forms").joinpath(name).read_bytes(), name)
    if source is None or findings:
        message = findings[0].message
        raise GeneratorError(str(findings[0].place), message.zh, message.en)
    return kind.model_validate(source.data)
