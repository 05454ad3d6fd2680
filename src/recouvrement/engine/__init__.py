"""The engine: facts, a scenario, a law and a date in; a decision out. Pure."""
