"""Side-by-side measurements, each printing a ratio or a size from one run on one machine."""
