"""How a promise is run, worked out: training that still holds, posts, parts of a figure, recommendations, money, others."""
