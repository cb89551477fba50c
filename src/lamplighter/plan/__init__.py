"""The plan folder: a plan as files that a person can read, the rules that say where each promise stands, and plan.json."""
