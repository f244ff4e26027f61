"""The stock page: what is left, counting, and what is offered tonight."""
