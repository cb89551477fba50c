"""The problem profile as what people open: a page, documents, map layers, tables, each written from the same profile.json."""
