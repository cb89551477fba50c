"""The command line: parse, call, say."""
