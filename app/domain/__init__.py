"""Pure rules that the terminal and HQ share: standard library only."""
