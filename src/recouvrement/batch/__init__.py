"""The nightly run: read, screen, decide, append, deliver."""
