"""Money: payments as HQ keeps them, and what goes back."""
