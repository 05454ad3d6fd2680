"""Commercial policy as data: conditions, stages, scenarios."""
