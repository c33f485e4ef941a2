"""The closed lists of words that profiles and scenarios share."""

ITEMS = ("1", "1-i", "1-ro", "1-ha", "1-ni", "2", "3", "3-i", "3-ro", "3-ha", "3-ni", "3-pre", "4", "5", "6")
"""Items of article 106-4 (2) of the Social Welfare Act; plain 1 and 3 where a document names no letter."""

FIELDS = ("すべて", "高齢", "障害", "子ども", "困窮", "庁内", "その他")
"""The field by which an agency is counted (N05)."""

COUNTED_FIELDS = FIELDS[1:]

PROGRAMME_FIELDS = (
    "すべて", "高齢", "高齢者", "介護", "障害", "障がい", "子ども", "困窮", "生活困窮", "健康増進",
    "教育", "医療", "司法", "産業", "その他",
)  # fmt: skip
"""The field as a plan prints it."""

MODES = ("直営", "委託", "補助", "外部")

KINDS = (
    "HUB", "GENERAL_CENTRE", "COMMUNITY_GENERAL", "DISABILITY_CONSULT", "CORE_DISABILITY",
    "CHILD_USER_SUPPORT", "CHILD_FAMILY", "SELF_RELIANCE", "SHAKYO", "HIKIKOMORI", "YOUTH", "OUTREACH",
    "PARTICIPATION", "CITY_SECTION", "CITY_OFFICE", "WELFARE_OFFICE", "HEALTH_CENTRE", "HOSPITAL", "DESK",
    "CHILDCARE_SITE", "ACTIVITY_CENTRE", "SCHOOL", "EDUCATION_BOARD", "MEDICAL", "HELLO_WORK", "LEGAL",
    "COMPANY", "CHAMBER", "INNOVATION_HUB", "FARM", "LIBRARY", "UNIVERSITY", "NPO", "COMMISSIONER",
    "RESIDENT_GROUP", "PUBLIC_HALL", "PREFECTURE", "OTHER",
)  # fmt: skip
"""Kinds of agency in a profile."""

SETS = ("FIRST", "COORD", "CITY", "CHAIR", "OUT", "PART", "COMM", "DESK", "PARTNER", "MGR", "PRIV", "ADMIN")
"""Permission sets that a role is made of."""

ROLES = (
    "FIRST_LINE", "COORDINATOR", "CSW", "PROMOTER", "DECIDER", "CHAIR", "OUTREACH_WORKER",
    "PARTICIPATION_WORKER", "LIFE_COORDINATOR", "COMMUNITY_WORKER", "DISTRICT_PHN", "DESK", "PARTNER",
    "MANAGER", "PRIVACY_OFFICER", "ADMIN",
)  # fmt: skip
"""Roles that every municipality starts with; a profile may add its own."""

BASES = ("CONSENT", "ARTICLE_106_6")

CASE_ITEM_KINDS = (
    "初回プラン適切性", "再プラン", "終結評価", "つなぎもどし", "モニタリング", "情報共有・支援体制検討",
    "資源開発", "緊急対応",
)  # fmt: skip
"""What an item of a case conference may be about."""

MEETING_ITEM_KINDS = ("勉強会", "事業方針", "意見交換", "報告", "地域の課題", "資源開発", "実績検証")
"""What a meeting without cases may be about."""

ITEM_KINDS = tuple(dict.fromkeys(CASE_ITEM_KINDS + MEETING_ITEM_KINDS))

EVERYWHERE = "すべて"
"""The whole municipality, where an area is asked for."""

CLASSES = (
    "BASIC",
    "HEALTH",
    "DISABILITY",
    "FINANCE",
    "WORK_EDUCATION",
    "FAMILY",
    "CRIME",
    "DV",
    "CHILD_PROTECTION",
)
"""Data classes of what is written about a person."""

SCOPES = ("OWN_AGENCY", "CASE_TEAM", "HUB_ONLY")

ROUTES = (
    "本人来所", "本人電話・メール", "家族・知人来所", "家族・知人電話・メール",
    "機関がアウトリーチして把握", "関係機関・関係者紹介", "会議で把握", "つなぐシート", "匿名", "その他",
)  # fmt: skip

TOPICS = (
    "病気や健康・障害", "住まい", "収入・生活費", "家賃やローンの支払い", "税金や公共料金等の支払い",
    "債務", "仕事探し・就職", "仕事上の不安やトラブル", "地域との関係", "家族との関係", "子育て", "介護",
    "ひきこもり・不登校", "DV・虐待", "食べるものがない", "その他",
)  # fmt: skip

CLOSING_REASONS = (
    "課題の整理・役割分担が確立", "課題解決", "制度・機関へ引継ぎ", "転出", "死亡", "長期入院・入所",
    "本人辞退", "連絡不能", "その他",
)  # fmt: skip
"""終結理由 of form F10."""

GROUNDS = ("HOLDER", "REFERRAL", "CONSENT", "ARTICLE_106_6", "INTERNAL", "LAW", "EMERGENCY", "OWN_NOTICE")
"""The grounds on which somebody sees something."""

DOORS = ("page", "list", "search", "figure", "print", "csv", "api")
"""The ways in which something may be seen."""

REPORTS = (
    "INDICATOR", "MEETING_HISTORY", "UNASSIGNED", "LOAD", "HANDOVER", "INTAKE_BY_REFERRER", "TRACE",
    "ASSIGNEE", "PLACES_FOR", "PROPOSALS", "COMMON_PROBLEMS", "ALERTS", "WATCH_NEXT", "EMERGENCY_CARD",
    "MEETING_SIMILARITY", "MEETING_HOURS", "ISSUE_BOARD", "DIALOGUES_BY_AREA", "BRIDGE", "OFFER",
    "DAILY_COOPERATION", "COUNCIL_YEAR", "TARGET_TYPES", "GRANT_SHEET", "AGENDA", "GOAL",
)  # fmt: skip
"""Reports that a scenario may ask for."""
