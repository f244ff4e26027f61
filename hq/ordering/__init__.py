"""The way of an order: wished, held, placed, routed, short, replaced, told; its story and what follows from it."""
