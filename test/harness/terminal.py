"""Runs a program in a terminal of its own and closes that terminal once a word was printed, as a window is closed.

    python3 terminal.py <word> <seconds> <program> [arguments]

Prints what was on the screen. Exit code: 0 when the program ended within so many seconds, 1 when it goes on (it is
killed then), 2 when the word never came.
"""
import os
import pty
import signal
import sys
import time

word, seconds, *program = sys.argv[1:]
pid, screen = pty.fork()
if pid == 0:
    os.execvp(program[0], program)

seen = b""
while word.encode() not in seen:
    try:
        seen += os.read(screen, 4096)
    except OSError:  # the program ended before
        break
os.close(screen)
sys.stdout.write(seen.decode(errors="replace"))
if word.encode() not in seen:
    os.waitpid(pid, 0)
    sys.exit(2)

end = time.monotonic() + float(seconds)
while os.waitpid(pid, os.WNOHANG) == (0, 0):
    if time.monotonic() > end:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        sys.exit(1)
    time.sleep(0.05)
