"""Facts and values: money, dates, parties, documents, events, cases, decisions."""
