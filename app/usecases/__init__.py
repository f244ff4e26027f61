"""One verb, one transaction: what the counter, the board and the sync engine may do."""

from app.usecases.authorise import Answer, authorise
from app.usecases.board import (
    Task,
    arrived,
    due_reminders,
    must_begin,
    next_in_window,
    of_same_customer,
    see_reminders,
    tasks,
    tasks_of,
)
from app.usecases.check import Checked, check_order, check_text
from app.usecases.count_stock import count_stock
from app.usecases.enrol import Enrolment, enrolment, save_enrolment
from app.usecases.feed import FeedPosition, apply_feed, feed_position, note_contact, reset_feed
from app.usecases.figures import StoreFigures, figures
from app.usecases.grant import Granted, GrantedTogether, GrantRequest, grant, grant_together
from app.usecases.hand_over import HandedOver, Short, Unfinished, hand_over, hand_over_together, release, unfinished
from app.usecases.health import Health, health
from app.usecases.incidents import Incident, close_incident, open_incidents
from app.usecases.outbox import Parked, parked, pending_events, retry_parked, settle
from app.usecases.photos import WaitingPhoto, forget_photos, next_photo, photo_sent
from app.usecases.pick_list import Pick, PickList, next_pick_list, pick_list, print_pick_list, tick, untick
from app.usecases.prepare import advance, mark_prepared, put_back, start_preparing, undo_preparation
from app.usecases.print_labels import print_labels
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
from app.usecases.reject_line import reject_lines
from app.usecases.revoke import RecentHandOver, recent_hand_overs, revoke
from app.usecases.sell import (
    RefundRequest,
    Sale,
    SaleRequest,
    Sold,
    find_receipt,
    find_sale,
    recent_sales,
    refund,
    reprint,
    sell,
)
from app.usecases.set_offer import set_offer
from app.usecases.shift import (
    Closing,
    Shift,
    close_shift,
    current_shift,
    move_cash,
    open_shift,
    past_shifts,
    shift_report,
)
from app.usecases.sign_in import Member, SignedIn, members, sign_in
from app.usecases.stock import StockRow, list_evening, stock
from app.usecases.suggest import suggest
from app.usecases.timeline import Timeline, timeline
from app.usecases.work import Identity, Submit, Work

__all__ = [
    "UNPRINTABLE",
    "Answer",
    "Checked",
    "Closing",
    "Enrolment",
    "FeedPosition",
    "GrantRequest",
    "Granted",
    "GrantedTogether",
    "HandedOver",
    "Health",
    "Identity",
    "Incident",
    "Member",
    "Parked",
    "Pick",
    "PickList",
    "PrintJob",
    "RecentHandOver",
    "RefundRequest",
    "Sale",
    "SaleRequest",
    "Shift",
    "Short",
    "SignedIn",
    "Sold",
    "StockRow",
    "StoreFigures",
    "Submit",
    "Task",
    "Timeline",
    "Unfinished",
    "WaitingPhoto",
    "Work",
    "advance",
    "apply_feed",
    "arrived",
    "authorise",
    "begin_print",
    "check_order",
    "check_text",
    "close_incident",
    "close_shift",
    "count_stock",
    "current_shift",
    "drop_print",
    "due_reminders",
    "end_print",
    "enrolment",
    "feed_position",
    "figures",
    "find_receipt",
    "find_sale",
    "forget_photos",
    "forget_printed",
    "grant",
    "grant_together",
    "hand_over",
    "hand_over_together",
    "health",
    "leave_print",
    "list_evening",
    "mark_prepared",
    "members",
    "move_cash",
    "must_begin",
    "next_in_window",
    "next_photo",
    "next_pick_list",
    "note_contact",
    "of_same_customer",
    "open_incidents",
    "open_shift",
    "parked",
    "past_shifts",
    "pending_events",
    "photo_sent",
    "pick_list",
    "print_labels",
    "print_pick_list",
    "print_queue",
    "put_back",
    "queue_print",
    "recent_hand_overs",
    "recent_sales",
    "refund",
    "reject_lines",
    "release",
    "reprint",
    "reset_feed",
    "retry_parked",
    "retry_prints",
    "revoke",
    "save_enrolment",
    "see_reminders",
    "sell",
    "set_offer",
    "settle",
    "shift_report",
    "sign_in",
    "start_preparing",
    "stock",
    "suggest",
    "tasks",
    "tasks_of",
    "tick",
    "timeline",
    "undo_preparation",
    "unfinished",
    "untick",
]
