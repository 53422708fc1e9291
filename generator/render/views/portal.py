"""What every page may need of the portal as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from generator.model import Site, Term
from generator.render.views.similar import Alike
from generator.render.views.terms import Vocabulary


@dataclass(frozen=True)
class Portal:
    """The portal's own record, the terms that its pages explain, and which projects are alike."""

    site: Site
    terms: Sequence[Term] = ()
    alike: Alike = field(default_factory=Alike)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The terms as pages look them up."""
        return Vocabulary(self.terms)
