"""The figures: one module for each group that is measured together.

To add one, make a module here: a docstring (its first line is the heading in the report, the rest explains), and

    async def measure(options: Options) -> list[Figure]

Each module runs in a process of its own, so it may fill memory and start servers.
"""
