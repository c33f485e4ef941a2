"""The print shop: official forms, minutes and plans as files, made from queries."""
