"""Indicators: how a figure is declared, counted, suppressed and exported. It knows no app."""
