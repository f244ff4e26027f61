"""A picture in, the codes it shows out: the decoders, what makes a frame easier to read, and advice when it fails."""
