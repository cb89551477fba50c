"""Studies of incidents, street data or a force's own extract: what a problem profile asks, one question a module."""
