"""Every error that crosses a room, drawn as a tree and sorted by who must act.

    ZitiError
    ├── Refused               the clerk acts: the wish is against a rule, nothing was written
    │   ├── AtAnotherTerminal
    │   ├── BadBackup
    │   ├── BegunBefore
    │   ├── MoveNotAllowed
    │   ├── NeedsManager
    │   ├── NotFound
    │   ├── NoShift
    │   ├── ShiftIsOpen
    │   ├── TooSoon
    │   └── TooLate
    ├── NeedsAttention        the manager acts: the machine or its data is not as it must be
    │   ├── StorageFault
    │   │   ├── DiskFull
    │   │   ├── ReadOnlyData
    │   │   ├── CorruptData
    │   │   └── DataTooNew
    │   ├── AlreadyRunning
    │   ├── AnotherPort
    │   ├── HqDidNotStart
    │   ├── NotEnrolled
    │   ├── Restored
    │   │   └── RestoredByHand
    │   └── SecretsLost
    └── TransportFailure      nobody acts: the link is away, the work waits (see sync.client)
Anything else that is raised is a mistake of ours and reaches the developer.
"""

from datetime import datetime


class ZitiError(Exception):
    """The root: each subclass is a sentence that a person can act on."""


class Refused(ZitiError):
    """The wish breaks a rule of the trade; nothing was written."""


class MoveNotAllowed(Refused):
    """The order's state does not allow this move."""


class NeedsManager(Refused):
    """Only a manager may do this."""


class NotFound(Refused):
    """There is no such order here."""


class NoShift(Refused):
    """The till is closed: a shift must be opened first."""


class ShiftIsOpen(Refused):
    """The till is open already: its shift must be closed first."""


class TooSoon(Refused):
    """It must not be packed so long before it is collected; `at` is when it may be."""

    def __init__(self, sentence: str, at: datetime) -> None:
        super().__init__(sentence)
        self.at = at


class TooLate(Refused):
    """The deadline for this has passed."""


class AtAnotherTerminal(Refused):
    """Only the terminal that did it can take it back."""


class BegunBefore(Refused):
    """A hand-over of this order was begun and not finished: first somebody must look at the shelf."""


class NotMoved(Refused):
    """HQ does not move this order to that window."""

    def __init__(self, message: str, *, full: bool = False, other: bool = False) -> None:
        """Tell whether only this window is full or, with `other`, whether any other may still be chosen."""
        super().__init__(message)
        self.full = full
        self.other = other or full


class BadBackup(Refused):
    """A backup could not be made there, or is none that could be used here; `reason` says why.

    It is one of "not_a_backup", "changed" (not what was written), "other_store", "unsent_here", "unusable" (it was
    tried, and the data are as they were), "bad_copy" (read back, it was not the same), "no_room", "no_access".
    """

    def __init__(self, sentence: str, reason: str) -> None:
        super().__init__(sentence)
        self.reason = reason


class NeedsAttention(ZitiError):
    """The machine or its data needs the manager."""


class StorageFault(NeedsAttention):
    """The local database could not do its work."""


class DiskFull(StorageFault):
    """There is no room left on the disk."""


class ReadOnlyData(StorageFault):
    """The data folder or file may not be written."""


class CorruptData(StorageFault):
    """The database file, or a row of it, is not what was written."""


class DataTooNew(StorageFault):
    """The file was written by a newer release of the program."""


class AlreadyRunning(NeedsAttention):
    """Another window of this terminal has the same data open."""


class AnotherPort(NeedsAttention):
    """Another program has the shop's port: the storefront is at another address than its posters say."""


class HqDidNotStart(NeedsAttention):
    """HQ's process on this PC ended, or never said that it is ready; the message holds its last words."""


class NotEnrolled(NeedsAttention):
    """This terminal does not belong to a store yet."""


class SecretsLost(NeedsAttention):
    """The secrets are not where they were put, or cannot be read: the terminal must be enrolled again."""


class Restored(NeedsAttention):
    """A damaged database was set aside and restored: from a backup (`backup_at`, else from HQ) and the journal."""

    def __init__(self, sentence: str, *, backup_at: datetime | None, records: int) -> None:
        super().__init__(sentence)
        self.backup_at = backup_at
        self.records = records


class RestoredByHand(Restored):
    """A manager put a backup in the place of the database, which was set aside."""


class TransportFailure(ZitiError):
    """HQ could not be reached or did not answer in its own words."""
