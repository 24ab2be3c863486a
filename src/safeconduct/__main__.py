"""``python -m safeconduct`` is the command ``safeconduct``."""

from safeconduct.doors.cli import main

if __name__ == "__main__":
    main()
