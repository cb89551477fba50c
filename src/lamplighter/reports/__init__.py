"""What a worked-out plan is written as: a static site, tables, charts and a report."""
