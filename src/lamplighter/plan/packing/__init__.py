"""The evidence pack: what stood behind a promise or a recommendation on a day, chosen, frozen and checked again."""
