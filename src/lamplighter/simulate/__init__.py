"""A made-up force with known truth, written in the formats that real forces write: to try methods where the answer is known."""

from lamplighter.simulate.extract import MadeUpExtract, Planted, made_up_extract

__all__ = ["MadeUpExtract", "Planted", "made_up_extract"]
