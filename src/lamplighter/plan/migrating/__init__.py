"""Moving what an earlier version wrote to the version of today: a step a version, each a pure function."""
