"""The plan as a spreadsheet: written out, mailed to owners, read back, and merged cell by cell."""
