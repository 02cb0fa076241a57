"""dropship: dropshipping (代发) from the terminal."""

__version__ = "0.1.0"
