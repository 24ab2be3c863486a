"""What is kept: rows of one Django app. Only flows write here, and only inside a permitted act."""
