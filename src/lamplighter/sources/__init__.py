"""One module a foreign format: each turns a file into rows of ours, and counts and keeps every row that it refuses."""
