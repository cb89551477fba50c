"""Lamplighter: run an action plan against violence against women and girls, promise by promise, in the open."""

__version__ = "0.1.0"
