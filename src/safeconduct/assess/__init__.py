"""Human-rights risk: misuse scenarios, the facts of a case, red flags, and the outcome they lead to."""
