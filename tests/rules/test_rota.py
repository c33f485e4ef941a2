"""当番: whose turn is open, whose comes next, and what a turn taken over leaves of the order."""

from __future__ import annotations

from uuid import UUID

from tasuki.rules.support import OpenTurn, turn_after, turn_of, turns_ahead

A, B, C, X = (UUID(int=n) for n in range(1, 5))
ROTA = [A, B, C]


def test_the_first_of_the_card_begins_and_the_turns_go_round() -> None:
    turn = turn_of(ROTA, None)
    assert turn == OpenTurn(A)
    assert turns_ahead(ROTA, turn, 5) == [A, B, C, A, B]
    assert turns_ahead([A], OpenTurn(A), 3) == [A, A, A]


# Fault planted: the turn moved on for whoever looked in.
def test_who_looks_in_outside_their_turn_leaves_the_turn_where_it_is() -> None:
    assert turn_after(ROTA, OpenTurn(B), C) == OpenTurn(B)
    assert turn_after(ROTA, OpenTurn(B), X) == OpenTurn(B)
    assert turn_after(ROTA, OpenTurn(B), B) == OpenTurn(C)


# Fault planted: the turn after counted from who took over, which gave A two turns in a row (A's own and B's).
def test_a_turn_taken_over_is_followed_by_the_one_that_was_planned() -> None:
    taken = OpenTurn(A, taken_from=B)
    assert turns_ahead(ROTA, taken, 3) == [A, C, A]
    assert turn_after(ROTA, OpenTurn(X, taken_from=C), X) == OpenTurn(A)


def test_a_rota_whose_agency_has_left_begins_anew() -> None:
    assert turn_after([A, C], OpenTurn(B), B) == OpenTurn(A)
    assert turn_after([], OpenTurn(B), B) == OpenTurn(B)
