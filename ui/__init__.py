"""The terminal's face: Qt widgets that ask use-cases and draw again on `Changes`."""
