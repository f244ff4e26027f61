"""The demo: the counter's story from enrolment to recovery, with every part real."""
