"""How a figure is declared, counted, suppressed and exported. Knows no app."""
