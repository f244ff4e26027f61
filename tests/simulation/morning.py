"""The morning before the day: one store, two enrolled terminals with their first feed; made once, copied per seed."""

from __future__ import annotations

import json
import random
import shutil
from functools import cache, partial
from multiprocessing.util import Finalize
from pathlib import Path
from tempfile import mkdtemp

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.clock import TrustedClock
from app.ids import id_maker
from app.usecases.enrol import Enrolment, save_enrolment
from hq import stores
from hq.counters import enrolment
from hq.goods import catalogue
from hq.goods.catalogue import Product
from hq.stores import Person, Profile
from sync.engine import Engine
from tests.simulation.headquarters import Headquarters
from tests.simulation.people import MANAGER, PRODUCTS, STORE
from tests.simulation.terminal import RoomyStorage, Terminal
from tests.simulation.world import CALM, World, WorldClock

HQ_FOLDER = "hq"
LEAD, OTHER = "front", "side"
# Where memory can be a disk, no simulated day waits for a real one; what a sync means is another test's business.
_FAST = Path("/dev/shm")


def new_folder() -> Path:
    """Return a fresh folder on the fastest disk there is; it goes when the process ends."""
    folder = mkdtemp(prefix="ziti-simulation-", dir=_FAST if _FAST.is_dir() else None)
    # Not atexit: the long run's worker processes leave without asking it.
    Finalize(None, shutil.rmtree, args=(folder, True), exitpriority=0)
    return Path(folder)


@cache
def morning() -> Path:
    """Return the folder that every simulated day begins with."""
    folder = new_folder()
    world = World(0)
    world.mood = CALM
    (folder / HQ_FOLDER).mkdir()
    hq = Headquarters(world, folder / HQ_FOLDER, 0)
    hq.write(lambda work: stores.put(work, STORE, Profile("Riverside", late_minutes=15, early_minutes=5)))
    hq.write(lambda work: stores.put_person(work, STORE, Person("staff-1", MANAGER, "manager", pin_hash="")))
    for number in PRODUCTS:
        product = Product(number=number, sku=f"SKU-{number}", name=f"Product {number}", price_fen=1000)
        hq.write(partial(catalogue.put, product=product))
    for name in (LEAD, OTHER):
        _enrol(world, hq, folder / name, name)
    hq.office.close()
    return folder


def _enrol(world: World, hq: Headquarters, folder: Path, name: str) -> None:
    folder.mkdir()
    key = Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32))
    code, _ = hq.write(lambda work: enrolment.issue_code(work, STORE))
    made = hq.write(lambda work: enrolment.enrol(work, code, name, key.public_key().public_bytes_raw().hex()))
    about = {"token": made.token, "lookup_key": made.store.lookup_key.hex()}
    (folder / "about.json").write_text(json.dumps(about))
    clock = TrustedClock(WorldClock(world))
    storage = RoomyStorage(folder, clock, id_maker(clock, random.Random(name).getrandbits), ballast_bytes=0)
    me = Enrolment(made.terminal.id, name, made.store.id, STORE, "http://hq")
    storage.submit(partial(save_enrolment, enrolment=me)).result()
    terminal = Terminal(world, hq, folder, name, 0)
    terminal.on = True
    engine = Engine(terminal.network(), storage.submit, lambda *_: None, monotonic=clock.monotonic)
    while engine.pull_once().more:
        pass
    storage.close()
