"""The sale page: what is sold, how it is paid, what goes back, and the till's shift."""
