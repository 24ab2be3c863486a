"""The exporter's pages: apply, answer what is asked, read what the authority may tell."""
