"""`python -m lamplighter` (on Windows: `py -m lamplighter`)."""

from lamplighter.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
