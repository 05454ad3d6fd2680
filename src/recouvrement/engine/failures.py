"""A case that could not be looked at, among many that could."""

from typing import Self

from recouvrement.domain.case import Case
from recouvrement.domain.values import Value
from recouvrement.errors import RecouvrementError


class CaseFailure(Value):
    """The error of one case, as a row; the others went on."""

    case_id: str
    code: str
    where: str
    found: str
    hint: str

    @classmethod
    def of(cls, fault: Exception, case: Case) -> Self:
        """Return the row of an error; one that is not the library's own is told as a fault of the program."""
        if isinstance(fault, RecouvrementError):
            return cls(case_id=case.id, **fault.as_row())
        return cls(
            case_id=case.id,
            code=RecouvrementError.code,
            where=f"case {case.id}",
            found=f"{type(fault).__name__}: {fault}",
            hint="This is a fault of the program: report it with the case; the other cases went on.",
        )
