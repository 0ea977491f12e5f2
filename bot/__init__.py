"""The running program: settings, app, delivery engine, languages, errors, shared UI, command line and demo."""

__version__ = "0.1.0"
