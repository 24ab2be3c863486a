"""Where people, programs and other States come in. A door calls flows and nothing of another door."""
