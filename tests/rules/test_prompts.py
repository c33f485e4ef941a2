"""聞き取りの手がかり: every topic of the sheet has some, and a town's own go before the house's."""

from tasuki.rules.prompts import PROMPTS, prompts_for
from tasuki.web.act.offers import TOPICS


# Fault planted: the topic 制度の狭間 taken out of PROMPTS; a topic spelt otherwise.
def test_every_topic_has_questions_that_are_not_too_many() -> None:
    assert list(PROMPTS) == [value for value, _ in TOPICS]
    assert {len(asked) for asked in PROMPTS.values()} <= {2, 3, 4}


# Fault planted: the house's questions put before the town's.
def test_the_towns_own_questions_go_before_and_an_empty_list_silences() -> None:
    own: dict[str, object] = {"介護": ["夜はだれが見ているか"], "債務": []}
    assert prompts_for(["介護", "債務", "介護", "住まい"], own) == [
        ("介護", ["夜はだれが見ているか"]),
        ("住まい", PROMPTS["住まい"]),
    ]


def test_what_is_no_topic_asks_nothing() -> None:
    assert prompts_for(["", "知らない言葉"], {"知らない言葉": "一覧でない"}) == []
