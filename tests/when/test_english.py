"""Moments in English: what must be understood, what must be asked about, and what must be refused."""

import pytest

from tests.when.tables import check, rows

# Seen from Europe/London on Wednesday 10 March 2027, 09:00 UTC.
ZONE = "Europe/London"

RIGHT = """
tomorrow at 3 pm                              => 2027-03-11 15:00
tomorrow at 15:00                             => 2027-03-11 15:00
Tomorrow 3pm                                  => 2027-03-11 15:00
next Tuesday 10:00                            => 2027-03-16 10:00
next Tuesday at 10am                          => 2027-03-16 10:00
Tuesday at 10:00                              => 2027-03-16 10:00
Wednesday at 9:00                             => 2027-03-17 09:00
this Friday at noon                           => 2027-03-12 12:00
in two weeks at noon                          => 2027-03-24 12:00
in 3 days at 10:00                            => 2027-03-13 10:00
day after tomorrow at 9 am                    => 2027-03-12 09:00
the day after tomorrow, 9:30 a.m.             => 2027-03-12 09:30
14 March 2027 15:00                           => 2027-03-14 15:00
March 14, 2027 at 3pm                         => 2027-03-14 15:00
Mar. 14, 2027, 3:30 p.m.                      => 2027-03-14 15:30
1st April 2027 at noon                        => 2027-04-01 12:00
April 1st 10:00                               => 2027-04-01 10:00
the 1st of April 2027 at half past three pm   => 2027-04-01 15:30
half past three in the afternoon on 16 March  => 2027-03-16 15:30
quarter to four pm tomorrow                   => 2027-03-11 15:45
tomorrow at 15                                => 2027-03-11 15:00
tomorrow at 1500                              => 2027-03-11 15:00
tomorrow 1500 hours                           => 2027-03-11 15:00
midnight on 14 March 2027                     => 2027-03-14 00:00
tonight at midnight                           => 2027-03-11 00:00
today at midnight                             => 2027-03-11 00:00
tonight at 8                                  => 2027-03-10 20:00
2027-03-14T15:00+02:00                        => 2027-03-14 13:00
2027-03-14T15:00:00Z                          => 2027-03-14 15:00
14 March 2027 15:00 UTC+2                     => 2027-03-14 13:00
14 March 2027 15:00 GMT                       => 2027-03-14 15:00
14 March 2027 15:00 CET                       => 2027-03-14 14:00
14 July 2027 15:00 CEST                       => 2027-07-14 14:00
16 March 2027 10:00 Santiago time             => 2027-03-16 10:00 America/Santiago
16 March 2027 10:00 (Dakar)                   => 2027-03-16 10:00 Africa/Dakar
10:00 Europe/Paris tomorrow                   => 2027-03-11 10:00 Europe/Paris
10:00 America/Port-au-Prince tomorrow         => 2027-03-11 10:00 America/Port-au-Prince
Tuesday 16 March 2027 10:00                   => 2027-03-16 10:00
16 March 10:00                                => 2027-03-16 10:00
9 March 10:00                                 => 2028-03-09 10:00
10 March 10:00                                => 2027-03-10 10:00
14/03 15:00                                   => 2027-03-14 15:00
in 2 hours                                    => 2027-03-10 11:00
in 90 minutes                                 => 2027-03-10 10:30
in half an hour                               => 2027-03-10 09:30
in an hour and a half                         => 2027-03-10 10:30
two weeks from today at 9:15                  => 2027-03-24 09:15
two weeks from tomorrow at 9:15               => 2027-03-25 09:15
a week on Tuesday at 10:00                    => 2027-03-23 10:00
Tuesday week at 10:00                         => 2027-03-23 10:00
Tuesday next week at 10:00                    => 2027-03-16 10:00
next week Tuesday 10:00                       => 2027-03-16 10:00
first Monday of April 2027 at 10:00           => 2027-04-05 10:00
last Friday of March at 2pm                   => 2027-03-26 14:00
the 16th at 3pm                               => 2027-03-16 15:00
Tuesday 16 at 3pm                             => 2027-03-16 15:00
29 February 10:00                             => 2028-02-29 10:00
14-Mar-2027 15:00                             => 2027-03-14 15:00
3:30 p.m. on Sunday, March 14th, 2027         => 2027-03-14 15:30
3 o’clock in the afternoon tomorrow           => 2027-03-11 15:00
twenty past four pm tomorrow                  => 2027-03-11 16:20
in a fortnight at 10:00                       => 2027-03-24 10:00
in 2 weeks' time at 10:00                     => 2027-03-24 10:00
in a month at 10:00                           => 2027-04-10 10:00
Sun, 14 Mar 2027 15:00:00 +0000               => 2027-03-14 15:00
tomorrow morning at 9                         => 2027-03-11 09:00
tomorrow afternoon at 3                       => 2027-03-11 15:00
15:00 tomorrow Eastern Time                   => 2027-03-11 15:00 America/New_York
15:00 ET tomorrow                             => 2027-03-11 15:00 America/New_York
15:00 PT tomorrow                             => 2027-03-11 15:00 America/Los_Angeles
tomorrow at 10:00 in Dakar                    => 2027-03-11 10:00 Africa/Dakar
tomorrow at 10:00 Dakar                       => 2027-03-11 10:00 Africa/Dakar
12 am tomorrow                                => 2027-03-11 00:00
12 noon tomorrow                              => 2027-03-11 12:00
mar 14 2027 3pm                               => 2027-03-14 15:00
demain à 15h                                  => 2027-03-11 15:00
next Wednesday at 10:00                       => 2027-03-17 10:00
this Wednesday at 10:00                       => 2027-03-10 10:00
20270314T150000Z                              => 2027-03-14 15:00
2027-03-14 at 15:00                           => 2027-03-14 15:00
Sunday the 14th of March 2027 at 3pm          => 2027-03-14 15:00
on Sunday 14 March 2027 at 15:00 GMT          => 2027-03-14 15:00
15:00, 14 March 2027                          => 2027-03-14 15:00
3pm on 14/03/2027                             => 2027-03-14 15:00
tomorrow at 3.30pm                            => 2027-03-11 15:30
tomorrow, 3PM UTC                             => 2027-03-11 15:00
Mon 15 Mar 10am                               => 2027-03-15 10:00
next Thurs. at 10 a.m.                        => 2027-03-11 10:00
Friday noon                                   => 2027-03-12 12:00
noon on Friday                                => 2027-03-12 12:00
two weeks from now at noon                    => 2027-03-24 12:00
a fortnight from today at noon                => 2027-03-24 12:00
on the 3rd of next month at 10am              => 2027-04-03 10:00
the second Tuesday of April at 10:00          => 2027-04-13 10:00
quarter past nine am tomorrow                 => 2027-03-11 09:15
ten to nine am tomorrow                       => 2027-03-11 08:50
at nine thirty am tomorrow                    => 2027-03-11 09:30
nine thirty am tomorrow                       => 2027-03-11 09:30
this coming Friday at 14:00                   => 2027-03-12 14:00
Friday at 14h                                 => 2027-03-12 14:00
tomorrow @ 3pm                                => 2027-03-11 15:00
March 3 at 3pm                                => 2028-03-03 15:00
2027 March 14 15:00                           => 2027-03-14 15:00
3/14/2027 3pm                                 => 2027-03-14 15:00
tomorrow (Thursday) at 10:00                  => 2027-03-11 10:00
in 100 days at 10:00                          => 2027-06-18 10:00
tomorrow at 3pm!                              => 2027-03-11 15:00
tomorrow at 10:00 EST                         => 2027-03-11 15:00
tomorrow at 9am UTC-10:00                     => 2027-03-11 19:00
09:00 UTC-10:00 tomorrow                      => 2027-03-11 19:00
tomorrow 15:00 -03:00                         => 2027-03-11 18:00
5 minutes to 3 pm tomorrow                    => 2027-03-11 14:55
tomorrow at 0                                 => 2027-03-11 00:00
tomorrow at 13                                => 2027-03-11 13:00
may 5 10:00                                   => 2027-05-05 10:00
10 May 3 pm                                   => 2027-05-10 15:00
second of April 3pm                           => 2027-04-02 15:00
Sat 10:00                                     => 2027-03-13 10:00
sun 10:00                                     => 2027-03-14 10:00
tonight at 1 am                               => 2027-03-11 01:00
this evening at 7                             => 2027-03-10 19:00
tomorrow at 7 in the evening                  => 2027-03-11 19:00
tomorrow at 10 at night                       => 2027-03-11 22:00
in 1h30                                       => 2027-03-10 10:30
in 2 hours 30 minutes                         => 2027-03-10 11:30
an hour from now                              => 2027-03-10 10:00
three days from now at 10:00                  => 2027-03-13 10:00
a week from Friday at 10:00                   => 2027-03-19 10:00
Friday 10:00 Geneva time                      => 2027-03-12 10:00 Europe/Zurich
Friday 10:00 Paris                            => 2027-03-12 10:00 Europe/Paris
Friday 10:00 Santiago de Chile time           => 2027-03-12 10:00 America/Santiago
Friday 10:00 New York time                    => 2027-03-12 10:00 America/New_York
Friday 10:00 local time                       => 2027-03-12 10:00
midnight Friday                               => 2027-03-12 00:00
Friday midnight                               => 2027-03-12 00:00
"""

ASKED = """
Wednesday at 15:00                => Several: 2027-03-10 15:00, 2027-03-17 15:00
tomorrow at 3                     => Several: 2027-03-11 03:00, 2027-03-11 15:00
tomorrow night at 1 am            => Several: 2027-03-11 01:00, 2027-03-12 01:00
14 July 2027 15:00 CET            => Several: 2027-07-14 15:00 +01:00, 2027-07-14 15:00 +02:00
Monday 16 March 2027 10:00        => Weekday: 2027-03-16 10:00, 2027-03-15 10:00, 2027-03-22 10:00
03/04 15:00                       => Ambiguous: 2027-04-03 15:00, 2028-03-04 15:00
Sunday next week 10:00            => Several: 2027-03-21 10:00, 2027-03-14 10:00
Monday 16 at 3pm                  => Weekday: 2027-03-16 15:00, 2027-03-15 15:00, 2027-03-22 15:00
3 o'clock tomorrow                => Several: 2027-03-11 03:00, 2027-03-11 15:00
Wednesday 10:00 UTC               => Several: 2027-03-10 10:00 +00:00, 2027-03-17 10:00 +00:00
Mon 14/03/2027 10:00              => Weekday: 2027-03-14 10:00, 2027-03-08 10:00, 2027-03-15 10:00
tomorrow, Friday, at 10:00        => Weekday: 2027-03-11 10:00, 2027-03-05 10:00, 2027-03-12 10:00
tomorrow 12 March 10:00           => Several: 2027-03-12 10:00, 2027-03-11 10:00
28 March 2027 02:30 Europe/Paris  => Nonexistent: 2027-03-28 03:30 Europe/Paris
28 March 2027 01:30               => Nonexistent: 2027-03-28 02:30
31 October 2027 01:30             => Twice: 2027-10-31 01:30 +01:00, 2027-10-31 01:30 +00:00
16 July 2027 10:00 EST            => Several: 2027-07-16 10:00 -05:00, 2027-07-16 10:00 -04:00
"""

REFUSED = """
10 March 08:00                  => Past
14/03/27 15:00                  => Unparseable
14 March 27 15:00               => Unparseable
09:00-10:00                     => Range
tomorrow 09:00-10:00            => Range
2027-03-14 09:00-10:00          => Range
2027-03-14 09:00 - 10:00        => Range
tomorrow 9-10am                 => Range
tomorrow from 9 to 10           => Range
tomorrow from 9am to 10am       => Range
yesterday at 10:00              => Past
last Tuesday at 10:00           => Past
3 days ago at 10:00             => Past
2 hours ago                     => Past
next week at 10:00              => Unparseable
tomorrow                        => NoTimeOfDay
3pm                             => NoDate
31 February 2027 10:00          => ImpossibleDate
tomorrow at 10:00 Middle Earth  => Unparseable
soon                            => Unparseable
next year on 3 March at 10:00   => Unparseable
3 March next year at 10:00      => Unparseable
now                             => Unparseable
in 0 minutes                    => Past
in 1000 days at 10:00           => Unparseable
every Tuesday at 10:00          => Unparseable
before Friday 10:00             => Unparseable
around 3pm tomorrow             => Unparseable
tomorrow at 3 or 4pm            => Unparseable
Tuesday or Wednesday 10:00      => Unparseable
not tomorrow at 3pm             => Unparseable
14 March 2027 10:00 to 11:00    => Range
14–15 March 2027 10:00          => Unparseable
14 March 2027 13pm              => ImpossibleDate
14 March 2027 24:00             => ImpossibleDate
09:00 UTC -10:00 tomorrow       => Range
tomorrow at 9 to 10             => Unparseable
from 9 until 10am tomorrow      => Range
tomorrow at 15:00 +25:00        => ImpossibleDate
12 tomorrow                     => Unparseable
2027-13-01 10:00                => ImpossibleDate
20 Feb 2027 10:00               => Past
this morning at 8:00            => Past
Friday 10:00 Chile time         => Unparseable
Friday 10:00 Etc/GMT+3          => Unparseable
Friday 10:00 Europe/Nowhere     => Unparseable
30 minutes ago                  => Past
"""


@pytest.mark.parametrize("phrase, expected", rows(RIGHT))
def test_it_is_understood(phrase: str, expected: str) -> None:
    check(phrase, "en", ZONE, expected)


@pytest.mark.parametrize("phrase, expected", rows(ASKED))
def test_it_is_asked_about(phrase: str, expected: str) -> None:
    check(phrase, "en", ZONE, expected)


@pytest.mark.parametrize("phrase, expected", rows(REFUSED))
def test_it_is_refused(phrase: str, expected: str) -> None:
    check(phrase, "en", ZONE, expected)
