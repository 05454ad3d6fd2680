"""French documents: one Markdown source per letter, turned into text and HTML."""
