"""What every page may need of the portal as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.model import Site, Term
from generator.render.views.similar import Alike


@dataclass(frozen=True)
class Portal:
    """The portal's own record, the terms that its pages explain, and which projects are alike."""

    site: Site
    terms: Sequence[Term] = ()
    alike: Alike = field(default_factory=Alike)
