"""One verb, one transaction: what the counter, the board and the sync engine may do."""

from app.usecases.authorise import Answer, authorise
from app.usecases.board import Task, arrived, due_reminders, next_in_window, tasks, tasks_of
from app.usecases.check import Checked, check_order, check_text
from app.usecases.count_stock import count_stock
from app.usecases.enrol import Enrolment, enrolment, save_enrolment
from app.usecases.feed import FeedPosition, apply_feed, feed_position, note_contact, reset_feed
from app.usecases.grant import Granted, GrantRequest, grant
from app.usecases.hand_over import HandedOver, Unfinished, hand_over, release, unfinished
from app.usecases.health import Health, health
from app.usecases.incidents import Incident, close_incident, open_incidents
from app.usecases.outbox import Parked, parked, pending_events, retry_parked, settle
from app.usecases.prepare import advance, mark_prepared, start_preparing, undo_preparation
from app.usecases.print_queue import queue_print
from app.usecases.reject_line import reject_lines
from app.usecases.revoke import RecentHandOver, recent_hand_overs, revoke
from app.usecases.set_offer import set_offer
from app.usecases.work import Identity, Submit, Work

__all__ = [
    "Answer",
    "Checked",
    "Enrolment",
    "FeedPosition",
    "GrantRequest",
    "Granted",
    "HandedOver",
    "Health",
    "Identity",
    "Incident",
    "Parked",
    "RecentHandOver",
    "Submit",
    "Task",
    "Unfinished",
    "Work",
    "advance",
    "apply_feed",
    "arrived",
    "authorise",
    "check_order",
    "check_text",
    "close_incident",
    "count_stock",
    "due_reminders",
    "enrolment",
    "feed_position",
    "grant",
    "hand_over",
    "health",
    "mark_prepared",
    "next_in_window",
    "note_contact",
    "open_incidents",
    "parked",
    "pending_events",
    "queue_print",
    "recent_hand_overs",
    "reject_lines",
    "release",
    "reset_feed",
    "retry_parked",
    "revoke",
    "save_enrolment",
    "set_offer",
    "settle",
    "start_preparing",
    "tasks",
    "tasks_of",
    "undo_preparation",
    "unfinished",
]
