"""The drawing office: pure values in, SVG out."""
