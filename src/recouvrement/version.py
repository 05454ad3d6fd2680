"""The version of the library, stamped on every decision."""

VERSION = "0.1.0"
