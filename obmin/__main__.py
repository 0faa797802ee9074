"""`obmin` and `python -m obmin`: the command line, and what becomes of an error."""

import os
import signal
import sys
import traceback

from processors.errors import ObminError


def main() -> None:
    """Run the command line. Errors that we raise on purpose end with one line and status 2, mistakes of ours with 70."""
    # A shell that starts us in the background has SIGINT ignored, and then Ctrl-C or `kill -INT` would not end us.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        from obmin.cli import app  # noqa: PLC0415  what fails while loading is told like everything else

        app(prog_name="obmin")
    except ObminError as error:
        _tell(str(error))
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output, such as `head`, has left: nobody is there to be told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001  the last resort
        if os.environ.get("OBMIN_TRACEBACK"):
            traceback.print_exc()
        else:
            _tell(
                f"obmin made a mistake ({type(error).__name__}: {error}). "
                "Please report it; OBMIN_TRACEBACK=1 in front of the same command shows where."
            )
        sys.exit(70)


def _tell(message: str) -> None:
    print(f"obmin: {message}", file=sys.stderr)  # noqa: T201  the command line's own last words


if __name__ == "__main__":
    main()
