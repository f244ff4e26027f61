"""HQ's tables; everything on an order's path has `store_id` first in its key, so that it can be spread by store."""

from hq.schema.columns import Utc, metadata
from hq.schema.console import audit, operator_sessions, operators
from hq.schema.mall import (
    checkouts,
    customers,
    groups,
    live_sessions,
    payments,
    product_pairs,
    refunds,
    session_products,
    session_stores,
)
from hq.schema.messages import deliveries, messages, webhooks
from hq.schema.orders import (
    inbox,
    incarnations,
    incidents,
    order_facts,
    order_lines,
    orders,
    quarantine,
    redemptions,
)
from hq.schema.routing import alerts, routing_decisions, shortages
from hq.schema.stock import sales, stock, stock_moves, window_loads
from hq.schema.stores import (
    enrolment_codes,
    feed,
    feed_heads,
    lead_changes,
    products,
    signing_keys,
    staff,
    stores,
    terminals,
)

__all__ = [
    "Utc",
    "alerts",
    "audit",
    "checkouts",
    "customers",
    "deliveries",
    "enrolment_codes",
    "feed",
    "feed_heads",
    "groups",
    "inbox",
    "incarnations",
    "incidents",
    "lead_changes",
    "live_sessions",
    "messages",
    "metadata",
    "operator_sessions",
    "operators",
    "order_facts",
    "order_lines",
    "orders",
    "payments",
    "product_pairs",
    "products",
    "quarantine",
    "redemptions",
    "refunds",
    "routing_decisions",
    "sales",
    "session_products",
    "session_stores",
    "shortages",
    "signing_keys",
    "staff",
    "stock",
    "stock_moves",
    "stores",
    "terminals",
    "webhooks",
    "window_loads",
]
