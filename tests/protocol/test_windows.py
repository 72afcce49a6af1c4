"""Index paging is lenient in bounds and strict in types (RFC 7644 §3.4.2.4)."""

from __future__ import annotations

from typing import Any

import pytest

from scim_provisioning.protocol.errors import InvalidValue
from scim_provisioning.protocol.windows import MAX_START_INDEX, Window, parse_window


def window(start_index: Any = None, count: Any = None) -> Window:
    return parse_window(start_index, count, default=100, maximum=200)


def test_nothing_asked_for_is_the_first_page() -> None:
    assert window() == Window(start_index=1, count=100)


def test_an_empty_parameter_is_not_there() -> None:
    assert window("", "") == Window(start_index=1, count=100)


@pytest.mark.parametrize("start_index", ["0", "-1", 0, -5, "-" + "9" * 5000])
def test_a_start_index_below_one_means_one(start_index: object) -> None:
    """RFC 7644 §3.4.2.4: a value less than 1 SHALL be interpreted as 1."""
    assert window(start_index).start_index == 1


@pytest.mark.parametrize("count", ["-1", -1, "-" + "9" * 5000])
def test_a_negative_count_means_zero(count: object) -> None:
    """RFC 7644 §3.4.2.4: a negative value SHALL be interpreted as 0."""
    assert window(count=count).count == 0


@pytest.mark.parametrize("count", ["0", 0, "-0", "000"])
def test_a_count_of_zero_asks_for_the_total_alone(count: object) -> None:
    assert window(count=count).count == 0


@pytest.mark.parametrize("count", ["201", 10**30, str(2**63), "9" * 100_000])
def test_a_large_count_means_the_maximum(count: object) -> None:
    assert window(count=count).count == 200


@pytest.mark.parametrize("start_index", [2**63, str(2**63), "9" * 100_000])
def test_a_large_start_index_fits_any_database(start_index: object) -> None:
    assert window(start_index).start_index == MAX_START_INDEX


def test_a_default_beyond_the_maximum_is_clamped() -> None:
    assert parse_window(None, None, default=500, maximum=200).count == 200


def test_the_offset_counts_from_zero() -> None:
    assert window("101").offset == 100


@pytest.mark.parametrize("text", ["one", "1.0", "1e3", "0x10", "1 2", "--1", "+1", "١"])
def test_text_that_is_no_integer_is_refused_by_name(text: str) -> None:
    with pytest.raises(InvalidValue, match="startIndex must be an integer"):
        window(start_index=text)
    with pytest.raises(InvalidValue, match="count must be an integer"):
        window(count=text)


@pytest.mark.parametrize("value", [True, 1.0, [1]])
def test_other_types_are_refused(value: object) -> None:
    with pytest.raises(InvalidValue, match="count must be an integer"):
        window(count=value)
