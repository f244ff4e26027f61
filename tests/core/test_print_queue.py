"""The print queue: what waits is printed once in its order, and a crash in between is told on the paper."""

from __future__ import annotations

from datetime import timedelta

from app.domain.document import Document, Paper, Text
from app.usecases import begin_print, drop_print, end_print, forget_printed, print_queue, queue_print
from tests.core.till import Till


def paper(title: str, kind: Paper = Paper.RECEIPT) -> Document:
    return Document(title, kind, (Text(title),))


def test_in_its_order_whatever_the_other_printer_does(blank: Till) -> None:
    for title in ("one", "two"):
        blank(queue_print, paper(title))
    blank(queue_print, paper("label", Paper.LABEL), copies=2)
    first = blank(begin_print, Paper.RECEIPT)
    assert first
    assert (first.title, first.document, first.repeated) == ("one", paper("one"), False)
    blank(end_print, first.id, "no_paper")
    again = blank(begin_print, Paper.RECEIPT)
    assert again
    # Nothing was sent: this is its first appearance on paper.
    assert (again.title, again.repeated, again.trouble) == ("one", False, "no_paper")
    assert blank(end_print, again.id).printing
    assert [job.title for job in blank(print_queue)[Paper.RECEIPT]] == ["two"]
    assert blank(print_queue)[Paper.LABEL][0].copies == 2


def test_what_may_be_on_paper_already_says_so(blank: Till) -> None:
    blank(queue_print, paper("one"))
    first = blank(begin_print, Paper.RECEIPT)
    assert first
    blank.reopen()
    after_crash = blank(begin_print, Paper.RECEIPT)
    assert after_crash
    assert (after_crash.id, after_crash.repeated) == (first.id, True)
    blank(end_print, first.id, "cut_off")
    cut = blank(begin_print, Paper.RECEIPT)
    assert cut
    assert cut.repeated


def test_what_is_given_up_is_not_printed_and_old_papers_go(blank: Till) -> None:
    blank(queue_print, paper("one"))
    job = blank(print_queue)[Paper.RECEIPT][0]
    blank(drop_print, job.id)
    assert blank(begin_print, Paper.RECEIPT) is None
    blank(forget_printed)
    assert len(blank.sql("SELECT id FROM print_jobs")) == 1
    blank.clock.forward(timedelta(days=8))
    blank(forget_printed)
    assert blank.sql("SELECT id FROM print_jobs") == []
