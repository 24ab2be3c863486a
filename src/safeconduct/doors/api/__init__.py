"""The API: screenings for programs, and the addresses of yente."""
