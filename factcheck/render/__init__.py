"""Reports → text: one file per format. Nothing here reads a model, a file or the network."""
