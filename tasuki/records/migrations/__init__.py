"""What made the tables what they are, step by step."""

# The steps that 0001_house stands for: a database that took them all needs nothing, one that took some cannot go on.
FORMER = (
    "0001_first",
    "0002_audit",
    "0003_guarding",
    "0004_signin",
    "0005_accounts",
    "0006_name_search",
    "0007_call",
    "0008_keeping",
    "0009_word_search",
    "0010_rota",
    "0011_word_kana",
    "0012_export",
    "0013_quorum",
    "0014_acknowledgment",
)
