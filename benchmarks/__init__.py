"""What the program costs, measured and printed. Figures, not assertions: machines differ."""
