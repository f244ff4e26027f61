"""Distances and the shift of China's maps."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.geo import Place, distance_m, distance_text, in_china, is_place, to_gcj02, to_wgs84

TIANANMEN = Place(39.9087, 116.3975)
BUND = Place(31.2400, 121.4900)
EIFFEL = Place(48.8584, 2.2945)
ANYWHERE = st.builds(Place, st.floats(-90, 90), st.floats(-180, 180))
CHINA = st.builds(Place, st.floats(3, 53), st.floats(74, 135))


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        (TIANANMEN, BUND, 1_067),
        (EIFFEL, Place(51.5007, -0.1246), 340),
        (Place(0, 0), Place(0, 180), 20_015),
        (Place(0, 179.9), Place(0, -179.9), 22),
    ],
)
def test_landmarks_are_as_far_apart_as_maps_say(one: Place, other: Place, kilometres: int) -> None:
    assert distance_m(one, other) / 1000 == pytest.approx(kilometres, abs=max(1, kilometres * 0.005))


@given(ANYWHERE, ANYWHERE)
def test_distance_is_the_same_both_ways(one: Place, other: Place) -> None:
    assert distance_m(one, other) == pytest.approx(distance_m(other, one), abs=1)
    assert 0 <= distance_m(one, other) <= 20_015_087
    assert distance_m(one, one) == 0


@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [  # pairs that implementations of the formula agree upon
        (Place(39.915, 116.404), Place(39.91640428, 116.41024450)),
        (Place(31.1774276, 121.5272106), Place(31.17530398, 121.53154186)),
        (Place(22.543847, 113.912316), Place(22.54079613, 113.91717648)),
    ],
)
def test_known_places_are_shifted_as_published(wgs84: Place, gcj02: Place) -> None:
    assert distance_m(to_gcj02(wgs84), gcj02) <= 1
    assert distance_m(to_wgs84(gcj02), wgs84) <= 1


@given(CHINA)
def test_shift_and_back_is_the_same_place(place: Place) -> None:
    back = to_wgs84(to_gcj02(place))
    assert (back.lat, back.lon) == pytest.approx((place.lat, place.lon), abs=1e-7)
    assert distance_m(place, to_gcj02(place)) < 2_000


@pytest.mark.parametrize("place", [EIFFEL, Place(-33.86, 151.21), Place(0, 0), Place(90, 180)])
def test_places_outside_china_stay(place: Place) -> None:
    assert not in_china(place)
    assert (to_gcj02(place), to_wgs84(place)) == (place, place)


@pytest.mark.parametrize(
    ("lat", "lon"), [(90.1, 0), (0, 180.1), (math.nan, 0), (0, math.inf), ("31", 121), (None, 1), (True, 1), (1, False)]
)
def test_what_is_no_place_is_refused(lat: Any, lon: Any) -> None:
    with pytest.raises(ValueError, match="A place"):
        Place.of(lat, lon)


def test_integers_are_coordinates_too() -> None:
    assert Place.of(31, 121) == Place(31, 121)
    assert is_place(-90, 180)
    assert not is_place(0, math.nan)


@pytest.mark.parametrize(
    ("metres", "text"),
    [
        (0, "0 m"),
        (4, "0 m"),
        (352, "350 m"),
        (994, "990 m"),
        (995, "1.0 km"),
        (1_249, "1.2 km"),
        (9_949, "9.9 km"),
        (9_950, "10 km"),
        (12_400, "12 km"),
        (1_067_000, "1067 km"),
    ],
)
def test_distance_is_told_as_people_say_it(metres: int, text: str) -> None:
    assert distance_text(metres) == text
