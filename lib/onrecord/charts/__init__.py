"""Charts: plot_ functions, the frame they share, and the files they are saved as."""
