"""The one reader of files in the pure core: law files packaged with the library."""

import tomllib
from importlib.resources import files

from recouvrement.errors import LawError
from recouvrement.law.parameters import Parameter, parameter_from


def read_table(package: str, name: str) -> dict[str, object]:
    """Return the content of ``data/<name>.toml`` packaged in ``package``.

    Raises ``LawError`` when the file is absent or is not TOML.
    """
    resource = files(package) / "data" / f"{name}.toml"
    try:
        return tomllib.loads(resource.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LawError(
            where=f"{package}/data/{name}.toml", found="the file is absent", hint="Install the package again."
        ) from None
    except tomllib.TOMLDecodeError as fault:
        raise LawError(
            where=f"{package}/data/{name}.toml", found=str(fault), hint="Correct the file: it must be TOML."
        ) from None


def load_parameter(package: str, name: str) -> Parameter:
    """Return the dated parameter kept in ``data/<name>.toml`` of a country's package, checked.

    Raises ``LawError``, which names the file and every fault found in it.
    """
    return parameter_from(read_table(package, name), where=f"{package}/data/{name}.toml")
