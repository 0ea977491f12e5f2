"""Every button, menu, form and command, pressed and sent by those who may not, with values they were never given.

Each cog has a module of cases here, looked up by what is registered: a new kind without a case fails.
"""
