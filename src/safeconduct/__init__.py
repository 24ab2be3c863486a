"""safeconduct: decide which exports of surveillance and dual-use technology are safe to let go."""
