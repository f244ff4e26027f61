"""The channel of an HQ without providers: the delivery log keeps the words, the console shows them."""

from __future__ import annotations

from hq.messages.channels.port import Outgoing, Sent

NAME = "local"


class Local:
    """Sends nothing anywhere, so it asks for no consent and needs no contact."""

    name = NAME

    def obstacle(self, outgoing: Outgoing) -> str:  # noqa: ARG002 - the port's signature
        """Carry everything."""
        return ""

    def send(self, outgoing: Outgoing) -> Sent:
        """Count as sent: the worker writes the words into the log."""
        return Sent(outgoing.message_id)
