"""The page that is shown while nobody is signed in."""
