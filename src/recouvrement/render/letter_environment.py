"""How templates of letters are read: sandboxed, strict, and every value escaped."""

from jinja2 import BaseLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from recouvrement.render.escaping import literal
from recouvrement.render.typography import LetterTypography


def letter_environment(loader: BaseLoader | None) -> ImmutableSandboxedEnvironment:
    """Return an environment; without a loader it can only parse."""
    environment = ImmutableSandboxedEnvironment(
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
