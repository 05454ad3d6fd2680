"""Messages, receipts, and what a channel is."""
