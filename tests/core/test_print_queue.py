"""The print queue: what waits is printed once in its order, and a crash in between is told on the paper."""

from __future__ import annotations

from datetime import timedelta

from app.domain.document import Document, Paper, Text
from app.usecases.print_queue import (
    UNPRINTABLE,
    PrintJob,
    begin_print,
    drop_print,
    end_print,
    forget_printed,
    leave_print,
    print_queue,
    queue_print,
    retry_prints,
)
from tests.core.till import Till


def paper(title: str, kind: Paper = Paper.RECEIPT) -> Document:
    return Document(title, kind, (Text(title),))


def begun(till: Till, kind: Paper = Paper.RECEIPT) -> PrintJob:
    job = till(begin_print, kind)
    assert job
    return job


def test_in_its_order_whatever_the_other_printer_does(blank: Till) -> None:
    for title in ("one", "two"):
        blank(queue_print, paper(title))
    blank(queue_print, paper("label", Paper.LABEL), copies=2)
    first = begun(blank)
    assert (first.title, first.document, first.repeated) == ("one", paper("one"), False)
    # No word of a change: it would wake whoever has just failed.
    assert blank(leave_print, first.id, "no_paper", on_paper=False) is None
    again = begun(blank)
    # Nothing was sent: this is its first appearance on paper.
    assert (again.title, again.repeated, again.trouble) == ("one", False, "no_paper")
    assert blank(end_print, again.id).printing
    assert [job.title for job in blank(print_queue)[Paper.RECEIPT]] == ["two"]
    assert blank(print_queue)[Paper.LABEL][0].copies == 2


def test_what_may_be_on_paper_says_so_until_it_is_printed(blank: Till) -> None:
    blank(queue_print, paper("crash"))
    first = begun(blank)
    blank.reopen()
    assert (begun(blank).id, begun(blank).repeated) == (first.id, True)
    blank(end_print, first.id)
    blank(queue_print, paper("cut"))
    cut = begun(blank)
    blank(leave_print, cut.id, "cut_off")
    # Unplugged in the middle, it is absent for a while: that changes nothing about the paper that is in it.
    for _ in range(3):
        assert begun(blank).repeated
        blank(leave_print, cut.id, "absent", on_paper=False)
    assert begun(blank).repeated


def test_copies_that_are_printed_are_not_printed_again(blank: Till) -> None:
    blank(queue_print, paper("label", Paper.LABEL), copies=5)
    job = begun(blank, Paper.LABEL)
    blank(leave_print, job.id, "no_paper", printed=2, on_paper=False)
    again = begun(blank, Paper.LABEL)
    assert (again.copies, again.repeated) == (3, False)


def test_what_cannot_be_printed_holds_nothing_up_and_gets_another_chance(blank: Till) -> None:
    for title in ("odd", "newer", "plain"):
        blank(queue_print, paper(title))
    blank.sql('UPDATE print_jobs SET document = \'{"parts": [{"part": "hologram"}]}\' WHERE title = \'newer\'')
    for title in ("odd", "newer"):
        job = begun(blank)
        assert (job.title, job.document is None) == (title, title == "newer")
        blank(leave_print, job.id, UNPRINTABLE, on_paper=False)
    assert begun(blank).title == "plain"
    assert [job.title for job in blank(print_queue)[Paper.RECEIPT]] == ["odd", "newer", "plain"]
    assert blank(retry_prints).printing
    assert begun(blank).title == "odd"


def test_a_drawer_opens_with_its_paper_and_not_long_after_it(blank: Till) -> None:
    cash = Document("receipt", Paper.RECEIPT, (), opens_drawer=True)
    blank(queue_print, cash)
    assert begun(blank).document == cash
    blank.clock.forward(timedelta(minutes=3))
    assert begun(blank).document == Document("receipt", Paper.RECEIPT, ())


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
