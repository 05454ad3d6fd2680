"""How templates of letters are read: sandboxed, strict, and every value escaped."""

from jinja2 import BaseLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from recouvrement.render.escaping import literal
from recouvrement.render.typography import LetterTypography


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja in which a text has no fields: its methods would tell more of it than whether it is empty."""

    def getattr(self, obj: object, attribute: str) -> object:
        """Return a field of a row."""
        if isinstance(obj, str):
            return self.undefined(obj=obj, name=attribute)
        found: object = super().getattr(obj, attribute)
        return found


def letter_environment(loader: BaseLoader | None) -> ImmutableSandboxedEnvironment:
    """Return an environment; without a loader it can only parse."""
    environment = _Environment(
        loader=loader,
        # With ``finalize``, this is what keeps inherited blocks from being escaped twice: see render/escaping.py.
        autoescape=True,
        finalize=literal,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,  # an included file ends its own paragraph
        extensions=[LetterTypography],
        auto_reload=False,
    )
    # ``safe``, ``join`` or ``is defined`` would open a way round escaping and strictness; nothing here is needed.
    environment.filters.clear()
    environment.tests.clear()
    environment.globals.clear()
    return environment
