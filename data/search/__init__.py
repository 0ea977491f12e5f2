"""Search over everything the Network has, in four languages.

`index.SearchIndex` is the way in for the bot, `lookup.lookup_json` for the command line. What can be found is listed in
`sources.SOURCES`. Nothing is imported here, so that a module which makes documents can itself be imported by `sources`.
"""
