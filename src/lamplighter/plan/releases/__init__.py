"""Releases: a plan frozen into a numbered folder, approved by digest, chained to the one before, and open to checking."""
