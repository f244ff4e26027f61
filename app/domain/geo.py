"""Places on the Earth: distance, and the shifted coordinates (GCJ-02) that maps of China use."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self, TypeGuard

_EARTH_M = 6_371_000
# Krassovsky's ellipsoid, on which the published formula of GCJ-02 is built.
_AXIS_M = 6_378_245.0
_ECCENTRICITY_2 = 0.00669342162296594323
_NEAR_ENOUGH = 1e-9  # degrees: a tenth of a millimetre
_MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Place:
    """A place in degrees; which system (WGS-84, as satellites and browsers say it, or GCJ-02) the caller knows."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not is_place(self.lat, self.lon):
            raise ValueError("A place has a latitude from -90 to 90 and a longitude from -180 to 180.")

    @classmethod
    def of(cls, lat: object, lon: object) -> Self:
        """Read two JSON numbers; anything else raises ValueError with a sentence."""
        if not _is_number(lat) or not _is_number(lon):
            raise ValueError("A place needs lat and lon as numbers.")
        return cls(lat, lon)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_place(lat: float, lon: float) -> bool:
    """Tell whether two numbers are a latitude and a longitude; NaN and infinity are not."""
    return -90 <= lat <= 90 and -180 <= lon <= 180


def distance_m(one: Place, other: Place) -> int:
    """Return the distance as the crow flies, in metres."""
    north = math.radians(other.lat - one.lat)
    east = math.radians(other.lon - one.lon)
    across = math.cos(math.radians(one.lat)) * math.cos(math.radians(other.lat))
    chord = math.sin(north / 2) ** 2 + across * math.sin(east / 2) ** 2
    return round(2 * _EARTH_M * math.asin(min(1.0, math.sqrt(chord))))


def distance_text(metres: int) -> str:
    """Return a distance for people: "350 m", "1.2 km", "12 km"."""
    tens = (metres + 5) // 10 * 10
    if tens < 1000:
        return f"{tens} m"
    tenths = (metres + 50) // 100
    return f"{tenths // 10}.{tenths % 10} km" if tenths < 100 else f"{(metres + 500) // 1000} km"


def in_china(place: Place) -> bool:
    """Tell whether maps shift a place: the rectangle of the published formula, which is wider than the country."""
    return 72.004 <= place.lon <= 137.8347 and 0.8293 <= place.lat <= 55.8271


def to_gcj02(place: Place) -> Place:
    """Return where a map of China shows a WGS-84 place; outside China the same place."""
    if not in_china(place):
        return place
    north, east = _shift(place)
    return Place(place.lat + north, place.lon + east)


def to_wgs84(place: Place) -> Place:
    """Return the WGS-84 place that a map of China shows at a GCJ-02 one; outside China the same place."""
    if not in_china(place):
        return place
    guess = place
    for _ in range(_MOST_ROUNDS):
        north, east = _shift(guess)
        better = Place(place.lat - north, place.lon - east)
        near = abs(better.lat - guess.lat) < _NEAR_ENOUGH and abs(better.lon - guess.lon) < _NEAR_ENOUGH
        guess = better
        if near:
            break
    return guess


def _shift(place: Place) -> tuple[float, float]:
    x, y = place.lon - 105.0, place.lat - 35.0
    ripple = 20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    north += (ripple + _waves(y, 20.0, 40.0) + _swell(y / 12.0, 160.0, y / 30.0, 320.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    east += (ripple + _waves(x, 20.0, 40.0) + _swell(x / 12.0, 150.0, x / 30.0, 300.0)) * 2.0 / 3.0
    slant = math.radians(place.lat)
    flat = 1.0 - _ECCENTRICITY_2 * math.sin(slant) ** 2
    meridian_m = _AXIS_M * (1.0 - _ECCENTRICITY_2) / flat**1.5
    parallel_m = _AXIS_M / math.sqrt(flat) * math.cos(slant)
    return math.degrees(north / meridian_m), math.degrees(east / parallel_m)


def _waves(along: float, short: float, long: float) -> float:
    return short * math.sin(along * math.pi) + long * math.sin(along / 3.0 * math.pi)


def _swell(one: float, one_m: float, other: float, other_m: float) -> float:
    return one_m * math.sin(one * math.pi) + other_m * math.sin(other * math.pi)
