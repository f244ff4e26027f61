"""Being paid: a port, a sandbox that needs no contract, and WeChat Pay."""
