"""The storefront: what customers see on their phones, and how it is kept light."""
