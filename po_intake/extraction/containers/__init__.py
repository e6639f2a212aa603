"""One file per kind of container; each yields the files in it and findings about it."""
