"""The counter: a code comes in, a verdict stands, the goods go out."""
