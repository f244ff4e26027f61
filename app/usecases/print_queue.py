"""What waits for a printer: queued in the transaction that wants it, printed when there is paper."""

from __future__ import annotations

import json

from app.changes import Changes
from app.domain.document import Document
from app.storage.work import Work, millis


def queue_print(work: Work, document: Document, *, copies: int = 1) -> Changes:
    """Put a document into the queue; it is printed even after a power cut."""
    work.conn.execute(
        "INSERT INTO print_jobs (id, at, printer, title, document, copies, state) VALUES (?, ?, ?, ?, ?, ?, 'waiting')",
        (
            work.new_id(),
            millis(work.now),
            document.paper.value,
            document.title,
            json.dumps(document.as_json, ensure_ascii=False),
            copies,
        ),
    )
    return Changes(printing=True)
