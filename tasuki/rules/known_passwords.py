"""Passwords that everybody tries first: refused whatever their length, together with their doublings and years."""

from __future__ import annotations

_STEMS = (
    "password", "passw0rd", "p@ssw0rd", "qwertyuiop", "qwerty", "1q2w3e4r5t", "1qaz2wsx3edc", "asdfghjkl", "zxcvbnm",
    "iloveyou", "letmein", "welcome", "admin", "administrator", "tasuki", "fukushi", "juusou", "shakyo", "houkatsu", "kaigo",
    "yakusho", "shiyakusho", "kenko", "nippon", "japan", "sakura", "dragon", "monkey", "football", "baseball", "princess",
    "sunshine", "superman", "changeme", "abc123", "secret", "master", "login", "hello", "test", "user", "guest", "1234",
    "12345", "123456", "1234567", "12345678", "123456789", "1234567890", "0123456789", "9876543210", "11111", "00000",
    "121212", "123123", "147258369", "159753", "88888", "パスワード", "ぱすわーど", "たすき", "ふくし", "さくら",
)  # fmt: skip
_TAILS = (
    "",
    "1",
    "12",
    "123",
    "1234",
    "12345",
    "!",
    "!!",
    "0",
    "01",
    "00",
    "2024",
    "2025",
    "2026",
    "2027",
    "r7",
    "r8",
    "r9",
)

KNOWN_PASSWORDS = frozenset(
    text
    for stem in _STEMS
    for tail in _TAILS
    for text in (
        stem + tail,
        tail + stem,
        stem * 2 + tail,
        stem * 3,
        f"{stem}@{tail}",
        f"{stem}-{tail}",
        f"{stem}_{tail}",
    )
) | frozenset(letter * times for letter in "0123456789abcdefghijklmnopqrstuvwxyz" for times in range(8, 33))
