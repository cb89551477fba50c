"""Named questions with frozen answers: reductions bring small tables, methods reason on them, an answer says how we know."""
