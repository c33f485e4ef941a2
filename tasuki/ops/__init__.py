"""The back door: commands, the embedded database, checks and drills for the one who operates Tasuki."""


class Unfit(Exception):
    """Something expected stands in the way; the text is one plain Japanese sentence for the operator."""
