"""A query that is composed once finds what it would find if it were composed anew for every question."""

import threading
from collections.abc import Collection
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Q, QuerySet

import pytest

from tests.factories import StrategyFactory
from wagtail_partnerships.snippets import prepared
from wagtail_partnerships.snippets.models import Strategy

composed: list[int] = []


def named(kind: str, keys: Collection[UUID], ids: Collection[int]) -> QuerySet[Strategy]:
    composed.append(len(keys))
    wanted = Q(translation_key__in=keys) | Q(pk__in=ids)
    return Strategy.objects.select_related("locale").filter(wanted, kind=kind).order_by("pk")


def titles(keys: Collection[UUID]) -> QuerySet[Any, Any]:
    rows = Strategy.objects.filter(translation_key__in=keys).order_by()
    return rows.values_list("name", "translation_key").union(rows.values_list("name", "translation_key")).order_by()


def by_words(keys: Collection[UUID]) -> QuerySet[Strategy]:
    return Strategy.objects.filter(name__in=[f"key {key}" for key in keys])


@pytest.fixture(autouse=True)
def forget() -> None:
    prepared.forget()
    composed.clear()


@pytest.fixture
def strategies(db: None) -> list[Strategy]:
    return StrategyFactory.create_batch(9)


@pytest.mark.parametrize(("keys", "ids"), [(0, 1), (1, 0), (1, 1), (3, 2), (4, 4), (9, 0), (0, 0)])
def test_finds_what_composing_anew_finds(strategies: list[Strategy], keys: int, ids: int) -> None:
    kind = strategies[0].kind
    arguments = [row.translation_key for row in strategies[:keys]], [row.pk for row in strategies[::-1][:ids]]
    expected = list(named(kind, *arguments))

    assert len(expected) == min(keys + ids, 9)
    for _time in range(2):
        found = prepared.ask(named, (kind,), *arguments)
        assert found == expected
        assert [row.locale for row in found] == [row.locale for row in expected]
    assert prepared.ask(named, ("no such kind",), *arguments) == []


def test_keys_change_and_nothing_else_does(strategies: list[Strategy]) -> None:
    kind = strategies[0].kind
    for row in strategies:
        assert prepared.ask(named, (kind,), [row.translation_key], []) == [row]
    assert prepared.ask(named, (kind,), [uuid4()], []) == []

    assert composed == [1]


def test_room_grows_by_doubling(strategies: list[Strategy]) -> None:
    for number in range(1, 10):
        prepared.ask(named, (strategies[0].kind,), [row.translation_key for row in strategies[:number]], [])

    assert composed == [1, 2, 4, 8, 16]


def test_very_many_keys_are_composed_each_time(strategies: list[Strategy]) -> None:
    keys = [uuid4() for _number in range(prepared.MOST_KEYS)]

    assert prepared.ask(named, (strategies[0].kind,), [*keys, strategies[3].translation_key], []) == [strategies[3]]
    assert composed == [prepared.MOST_KEYS + 1]


def test_union_of_values(strategies: list[Strategy]) -> None:
    rows = strategies[2:5]

    for some in (rows, rows[:1]):
        found = prepared.ask(titles, (), [row.translation_key for row in some])
        assert sorted(found) == sorted((row.name, row.translation_key) for row in some)


def test_what_makes_words_of_its_keys_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="by_words"):
        prepared.ask(by_words, (), [uuid4()])


def test_what_depends_on_more_than_its_arguments_is_refused(db: None) -> None:
    secret = uuid4()

    def of_somebody(keys: Collection[UUID]) -> QuerySet[Strategy]:
        return Strategy.objects.filter(translation_key__in=[*keys, secret])

    with pytest.raises(ValueError, match="of_somebody"):
        prepared.ask(of_somebody, (), [uuid4()])


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_threads_ask_by_their_own_connections() -> None:
    row = StrategyFactory()
    question = (named, (row.kind,), [row.translation_key], [])
    found = [prepared.ask(*question)]
    used: list[Any] = []

    def ask() -> None:
        found.append(prepared.ask(*question))
        used.append(connection.connection)
        connection.close()

    threads = [threading.Thread(target=ask) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [[row]] * 5
    assert composed == [1]
    assert connection.connection not in used
