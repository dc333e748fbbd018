"""Lets `python -m reviewtool` do what the command `reviewtool` does."""

from reviewtool.cli.main import main

main()
