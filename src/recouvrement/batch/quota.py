"""How many messages to debtors a run may plan."""

from recouvrement.domain.decision import Action, ActionKind


class Quota:
    """What a run may still plan, and how many cases it left for the next one; no limit when it is ``None``."""

    def __init__(self, limit: int | None) -> None:
        self.limit, self.taken, self.left = limit, 0, 0

    def within(self, actions: tuple[Action, ...]) -> tuple[Action, ...]:
        """Return the actions that fit: alerts, proposals and notes always do."""
        room = None if self.limit is None else max(0, self.limit - self.taken)
        fitting: list[Action] = []
        for action in actions:
            if action.kind is ActionKind.CONTACT and room is not None:
                if not room:
                    continue
                room -= 1
            fitting.append(action)
        return tuple(fitting)

    def take(self, decided: tuple[Action, ...], planned: tuple[Action, ...]) -> None:
        """Count the messages a case has planned, and the case itself when one was left out."""
        self.taken += sum(action.kind is ActionKind.CONTACT for action in planned)
        self.left += len(planned) < len(decided)
