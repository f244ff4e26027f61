"""What a mini-program sends to the mall."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from app.domain.geo import Place, to_wgs84
from hq.mall.checkout import Wish
from hq.ordering.dispatch import Choice, InStore, OtherProduct, OtherWindow
from hq.problems import invalid

Number = Annotated[int, Field(ge=0, lt=2**32)]
Quantity = Annotated[int, Field(ge=1, le=999)]
Text = Annotated[str, Field(max_length=400)]
# Far enough from the calendar's ends that every zone can tell the time.
Moment = Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(3000, 1, 1, tzinfo=UTC))]


class Body(BaseModel):
    """The root of what a mini-program sends."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CartLine(Body):
    """A product and how many."""

    product_number: Number
    quantity: Quantity


class Where(Body):
    """A place; phones in China tell GCJ-02, browsers WGS-84."""

    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    system: Literal["wgs84", "gcj02"] = "wgs84"

    @property
    def place(self) -> Place:
        """The place as satellites say it."""
        told = Place(self.lat, self.lon)
        return to_wgs84(told) if self.system == "gcj02" else told


class OffersWish(Body):
    """A cart, and where the customer is: a place, a district, or words to look for."""

    lines: Annotated[tuple[CartLine, ...], Field(min_length=1, max_length=50)]
    place: Where | None = None
    district: Text = ""
    search: Text = ""

    @property
    def cart(self) -> tuple[tuple[int, int], ...]:
        """The lines as the use-case takes them."""
        return tuple((line.product_number, line.quantity) for line in self.lines)


class Consents(Body):
    """Which messages are welcome: one consent of the mini-program for each of paid, ready, reminder; SMS."""

    mini: Annotated[tuple[Literal["paid", "ready", "day_before"], ...], Field(max_length=3)] = ()
    sms: bool = False


class NewCheckout(Body):
    """A cart to be held at a store until it is paid; `openid` is who pays in WeChat."""

    session: Annotated[str, Field(max_length=64)]
    store_number: Number
    opens: Moment
    closes: Moment
    lines: Annotated[tuple[CartLine, ...], Field(min_length=1, max_length=50)]
    name: Text
    phone: Text
    note: Text = ""
    collector_name: Text = ""
    collector_relation: Text = ""
    language: Literal["zh", "en"] = "zh"
    consents: Consents = Consents()
    group: Annotated[str, Field(max_length=36)] = ""
    channel: Literal["jsapi", "h5", "native"] = "jsapi"
    openid: Annotated[str, Field(max_length=128)] = ""

    @property
    def wish(self) -> Wish:
        """The wish as the use-case takes it."""
        opens, length = minutes(self.opens, self.closes)
        return Wish(
            session=self.session,
            store_number=self.store_number,
            opens=opens,
            length=length,
            lines=tuple((line.product_number, line.quantity) for line in self.lines),
            name=self.name,
            phone=self.phone,
            note=self.note,
            collector_name=self.collector_name,
            collector_relation=self.collector_relation,
            language=self.language,
            consents={"mini": list(self.consents.mini), "sms": self.consents.sms},
            group_id=self.group or None,
        )


class OtherPickup(Body):
    """Another pickup time."""

    opens: Moment
    closes: Moment


class Collector(Body):
    """Who collects instead; an empty name takes it back."""

    name: Text
    relation: Text = ""


class Arrival(Body):
    """Where the customer says that they are, if the phone told."""

    place: Where | None = None


class ShortageAnswer(Body):
    """What shall be instead: another store, product or time that was offered, or the money back."""

    choice: Literal["store", "product", "window", "refund"]
    store_number: Number = 0
    instead_of: Number = 0
    product_number: Number = 0
    opens: Moment | None = None
    closes: Moment | None = None

    @property
    def chosen(self) -> Choice | None:
        """The choice; `None` is the money back."""
        match self.choice:
            case "store":
                return InStore(self.store_number)
            case "product":
                return OtherProduct(self.instead_of, self.product_number)
            case "window":
                if self.opens is None or self.closes is None:
                    raise invalid("choice", "Another time needs opens and closes.")
                return OtherWindow(*minutes(self.opens, self.closes))
            case "refund":
                return None


def minutes(opens: datetime, closes: datetime) -> tuple[int, int]:
    """Return a window as epoch minutes and length, or refuse what is not on whole minutes."""
    start, end = opens.timestamp(), closes.timestamp()
    if start % 60 or end % 60 or end <= start or end - start > 31 * 24 * 3600:
        raise invalid("window", "A pickup time opens and closes on whole minutes, and closes after it opens.")
    return int(start) // 60, int(end - start) // 60
