"""What printed words mean: two languages in one cell, misprinted names, magnitudes that do not fit."""
