"""What is kept: the events of each case, the outbox, and the wake-up cache."""
