"""Every error that crosses a room, drawn as a tree and sorted by who must act.

    ZitiError
    ├── Refused               the clerk acts: the wish is against a rule, nothing was written
    │   ├── MoveNotAllowed
    │   ├── NeedsManager
    │   └── NotFound
    ├── NeedsAttention        the manager acts: the machine or its data is not as it must be
    │   ├── StorageFault
    │   │   ├── DiskFull
    │   │   ├── ReadOnlyData
    │   │   ├── CorruptData
    │   │   └── DataTooNew
    │   ├── AlreadyRunning
    │   └── NotEnrolled
    └── TransportFailure      nobody acts: the link is away, the work waits (see sync.client)
Anything else that is raised is a mistake of ours and reaches the developer.
"""


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


class NotEnrolled(NeedsAttention):
    """This terminal does not belong to a store yet."""


class TransportFailure(ZitiError):
    """HQ could not be reached or did not answer in its own words."""
