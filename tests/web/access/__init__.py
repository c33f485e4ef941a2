"""Whether everybody can use every page: axe, reflow, keyboard, names, weight, no script, no outside (JIS X 8341-3, WCAG 2.2)."""
