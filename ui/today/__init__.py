"""The figures of a day or a week."""
