"""The JSON Schema of scenarios, for editors and for hosts that check files before they hand them over."""

from typing import Any, Final

from recouvrement.scenario.model import Scenario

SCHEMA_ID: Final = "urn:recouvrement:scenario:1"
"""Changes when a scenario that was valid would be refused."""

JsonSchema = dict[str, Any]  # Any: JSON

_AMOUNT: Final[JsonSchema] = {
    "description": 'An amount in the currency of the case: text such as "150.00", or a whole number. Never a float.',
    "anyOf": [{"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"}, {"type": "integer", "minimum": 0}],
}
_UNION: Final = "Condition"


def scenario_schema() -> JsonSchema:
    """Return the JSON Schema (draft 2020-12) that every scenario in TOML or JSON satisfies.

    What a schema cannot say (a stage id used twice, a stage that does not exist…) is told by the reader.

    >>> scenario_schema()["$id"]
    'urn:recouvrement:scenario:1'
    """
    found = Scenario.model_json_schema()
    members = found["$defs"]["Not"]["properties"]["of"]["oneOf"]
    named = _refined(found, members)
    named["$defs"][_UNION] = {"description": "A condition; its type says which.", "oneOf": members}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID} | named


def _refined(part: JsonSchema, members: list[JsonSchema]) -> JsonSchema:
    """Return a part of the schema with the union of conditions by its name, types required, and no float for an amount.

    Pydantic repeats the union in each place, lets the type of a condition be left out, and lets a decimal be a float.
    """
    if part.get("oneOf") == members:
        return {"$ref": f"#/$defs/{_UNION}"}
    if "ge" in part:  # pydantic's bound of a decimal: no word of JSON Schema
        return _AMOUNT | {name: part[name] for name in ("default",) if name in part}
    found = {
        name: _inside(value, members) for name, value in part.items() if name != "title" or isinstance(value, dict)
    }
    kind = part.get("properties", {}).get("type", {})
    if "const" in kind:
        found["required"] = ["type", *part.get("required", [])]
    return found


def _inside(value: Any, members: list[JsonSchema]) -> Any:  # noqa: ANN401  # Any: JSON
    match value:
        case dict():
            return _refined(value, members)
        case list():
            return [_inside(one, members) for one in value]
        case _:
            return value
