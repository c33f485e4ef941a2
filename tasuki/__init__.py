"""Tasuki (たすき): the system with which a municipality runs 重層的支援体制整備事業."""

__version__ = "0.1.0"
