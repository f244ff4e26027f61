"""How the terminal stands with HQ, and what needs a person."""
