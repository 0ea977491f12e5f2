"""What is written alike in every language."""

from collections.abc import Mapping

WORDS: Mapping[str, str | Mapping[int, str] | Mapping[str, str]] = {
    "HALF": {0: "am, a m", 12: "pm, p m"},
    # Universal time; French-speaking Africa writes TU, the Spanish-speaking world at times TUC.
    "OFFSET": {0: "utc, gmt, z, tu, tuc, ut"},
    "HOUR": "h, hs, hr, hrs",
    "MINUTE": "min, mins, mn, m",
}
