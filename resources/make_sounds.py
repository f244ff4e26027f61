"""Make the sounds: yes rises, wait repeats, no falls and is rough, new work is a low bell; the files are kept."""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

RATE = 22_050
SOUNDS = Path(__file__).parent / "sounds"

# (frequency in Hz, seconds); 0 Hz is silence. Distinct in melody and length, so that no ear has to judge pitch alone.
TUNES: dict[str, list[tuple[float, float]]] = {
    "yes": [(880.0, 0.09), (1318.5, 0.16)],
    "wait": [(659.3, 0.10), (0.0, 0.06), (659.3, 0.10)],
    "no": [(233.1, 0.16), (0.0, 0.03), (174.6, 0.34)],
    "new": [(523.3, 0.12), (392.0, 0.12), (523.3, 0.26)],
}


def samples(tune: list[tuple[float, float]], *, rough: bool) -> bytes:
    """Render a tune as 16-bit mono with soft edges; a rough one carries odd harmonics."""
    out = bytearray()
    for frequency, seconds in tune:
        count = int(RATE * seconds)
        for index in range(count):
            angle = 2 * math.pi * frequency * index / RATE
            wave_form = math.sin(angle) + (0.45 * math.sin(3 * angle) + 0.25 * math.sin(5 * angle) if rough else 0.0)
            edge = min(1.0, index / 200, (count - index) / 600)
            out += struct.pack("<h", int(15_000 * edge * wave_form / (1.6 if rough else 1.0)))
    return bytes(out)


def main() -> None:
    """Write every tune to its file."""
    SOUNDS.mkdir(exist_ok=True)
    for name, tune in TUNES.items():
        with wave.open(str(SOUNDS / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples(tune, rough=name == "no"))


if __name__ == "__main__":
    main()
