"""Which records speak of a promise, or of one another: looked up once for a plan, because it may have thousands of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Any

DECIDING = ("decisions", "corrections")


class Lookup:
    """The records of a plan by what they speak of. Nothing in it is worked out before it is asked for."""

    def __init__(self, records: Mapping[str, tuple[Any, ...]]) -> None:
        self._records = records

    def about(self, name: str, promise_id: str) -> tuple[Any, ...]:
        """The records of a type that name a promise, in id order."""
        return self._by_promise.get((name, promise_id), ())

    def on(self, name: str, *record_ids: str) -> tuple[Any, ...]:
        """The decisions or the corrections on some records, in id order."""
        found = (one for each in set(record_ids) for one in self._by_record.get((name, each), ()))
        return tuple(sorted(found, key=lambda each: each.id))

    def by_id(self, name: str) -> Mapping[str, Any]:
        """The records of a type by their id, in id order."""
        return self._by_id.get(name, {})

    def leading_to(self, promise_id: str) -> tuple[Any, ...]:
        """The rows of successors that lead to a promise, in id order."""
        return self._by_successor.get(promise_id, ())

    def known_in(self, version: str) -> int:
        """How many promises of a version there are."""
        return self._known[version]

    @cached_property
    def provided(self) -> frozenset[str]:
        """The facts that some source provides."""
        return frozenset(fact for source in self._records.get("sources", ()) for fact in source.provides)

    @cached_property
    def _by_id(self) -> Mapping[str, Mapping[str, Any]]:
        return {name: {each.id: each for each in found} for name, found in self._records.items()}

    @cached_property
    def _by_promise(self) -> Mapping[tuple[str, str], tuple[Any, ...]]:
        found: dict[tuple[str, str], list[Any]] = {}
        for name, records in self._records.items():
            for each in records:
                several = getattr(each, "promise_ids", None)
                for promise_id in dict.fromkeys((getattr(each, "promise_id", None),) if several is None else several):
                    if promise_id is not None:
                        found.setdefault((name, promise_id), []).append(each)
        return {key: tuple(records) for key, records in found.items()}

    @cached_property
    def _by_successor(self) -> Mapping[str, tuple[Any, ...]]:
        found: dict[str, list[Any]] = {}
        for each in self._records.get("successors", ()):
            for to_id in dict.fromkeys(each.to_ids):
                found.setdefault(to_id, []).append(each)
        return {key: tuple(records) for key, records in found.items()}

    @cached_property
    def _known(self) -> Counter[str]:
        return Counter(each.version for each in self._records.get("promises", ()))

    @cached_property
    def _by_record(self) -> Mapping[tuple[str, str], tuple[Any, ...]]:
        found: dict[tuple[str, str], list[Any]] = {}
        for name in DECIDING:
            for each in self._records.get(name, ()):
                found.setdefault((name, each.record_id), []).append(each)
        return {key: tuple(records) for key, records in found.items()}
