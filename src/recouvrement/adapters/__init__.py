"""Every use of an I/O library: files, databases, e-invoices, the clock."""
