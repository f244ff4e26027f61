"""Every fault of the scanner's devices and inputs, each a sentence that a person can act on.

ScannerFault
├── CameraFault
│   ├── CameraMissing     there is no such camera or file
│   ├── CameraBusy        it is there and cannot be opened
│   └── CameraLost        it was open and gives no picture any more
├── DecoderMissing        the native library that reads QR codes is not installed
├── NotAFrame             a frame is not a picture that may be given to a decoder
├── NotAnImage            a file or clipboard content is not a picture
├── ImageTooLarge         a picture is larger than is sensible to read
└── NotATrace             a file is not a recording of keys
"""


class ScannerFault(Exception):
    """The root of what can go wrong between a device and a text."""


class CameraFault(ScannerFault):
    """The camera does not give pictures."""


class CameraMissing(CameraFault):
    """There is no such camera or file."""


class CameraBusy(CameraFault):
    """The camera is there and cannot be opened."""


class CameraLost(CameraFault):
    """The camera was open and gives no picture any more."""


class DecoderMissing(ScannerFault):
    """The native library that reads QR codes is not installed."""


class NotAFrame(ScannerFault):
    """The value is not a picture that may be given to a decoder."""


class NotAnImage(ScannerFault):
    """The content is not a picture."""


class ImageTooLarge(ScannerFault):
    """The picture is larger than is sensible to read."""


class NotATrace(ScannerFault):
    """The file is not a recording of keys."""
