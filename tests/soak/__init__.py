"""A day of traffic in minutes: `make soak`. Nothing of it runs with the tests: it takes its time.

The program runs as it does for people, against the small Discord of `tests/wire/`. What a lively community does in each
of 24 hours is done as fast as it can be: questions, profiles, webinars with their reminders, people who come and go,
connections that break. After each hour its memory and what is under way in it are looked at.
"""
