"""A problem profile: the studies that an area needs, what people filled in and decided, and one document as data."""
