"""The first start of a small shop: five questions, and the storefront's QR code."""
