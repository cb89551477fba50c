"""Problem profiles as evidence: what of one a plan may keep, how it is linked to a promise, and what is checked of it."""
