"""Small arrays in, meaning out: no user, no clock, no file and no engine; only NumPy, SciPy and the error tree."""
