"""Moments in French: what must be understood, what must be asked about, and what must be refused."""

import pytest

from tests.when.tables import check, rows

# Seen from Europe/Paris on Wednesday 10 March 2027, 09:00 UTC.
ZONE = "Europe/Paris"

RIGHT = """
demain à 15h                                     => 2027-03-11 15:00
demain à 15 heures                               => 2027-03-11 15:00
demain 15h30                                     => 2027-03-11 15:30
Demain à 15 h                                    => 2027-03-11 15:00
demain à 15 h 30                                 => 2027-03-11 15:30
mardi prochain à 14h30                           => 2027-03-16 14:30
mardi à 14h30                                    => 2027-03-16 14:30
ce vendredi à midi                               => 2027-03-12 12:00
dans 3 jours à midi                              => 2027-03-13 12:00
dans deux semaines à 10h                         => 2027-03-24 10:00
après-demain à 9h                                => 2027-03-12 09:00
apres demain 9h                                  => 2027-03-12 09:00
le 14 mars 2027 à 15h                            => 2027-03-14 15:00
le 14 mars à 15h                                 => 2027-03-14 15:00
14 mars 2027 15:00                               => 2027-03-14 15:00
dimanche 14 mars 2027, 15 h 00                   => 2027-03-14 15:00
dim. 14 mars 2027 15:00                          => 2027-03-14 15:00
le 1er avril 2027 à midi                         => 2027-04-01 12:00
le 1er avril à 9 heures du matin                 => 2027-04-01 09:00
le premier avril à trois heures de l'après-midi  => 2027-04-01 15:00
le premier avril à trois heures de l’après‑midi  => 2027-04-01 15:00
demain à 3 heures et demie de l'après-midi       => 2027-03-11 15:30
demain à quinze heures trente                    => 2027-03-11 15:30
demain à quatorze heures quarante-cinq           => 2027-03-11 14:45
demain à midi et demi                            => 2027-03-11 12:30
demain midi                                      => 2027-03-11 12:00
demain à minuit                                  => 2027-03-11 00:00
ce soir à 20h                                    => 2027-03-10 20:00
ce soir à 8h                                     => 2027-03-10 20:00
demain soir à 20h                                => 2027-03-11 20:00
demain matin à 9h                                => 2027-03-11 09:00
demain après-midi à 3h                           => 2027-03-11 15:00
demain à onze heures moins le quart              => 2027-03-11 10:45
aujourd'hui à 18h                                => 2027-03-10 18:00
aujourd’hui à 18h                                => 2027-03-10 18:00
aujourdhui 18h                                   => 2027-03-10 18:00
le 16 à 10h                                      => 2027-03-16 10:00
mardi 16 à 10h                                   => 2027-03-16 10:00
mardi 16 mars à 10h                              => 2027-03-16 10:00
mardi en huit à 10h                              => 2027-03-23 10:00
mardi en quinze à 10h                            => 2027-03-30 10:00
mardi de la semaine prochaine à 10h              => 2027-03-16 10:00
la semaine prochaine mardi à 10h                 => 2027-03-16 10:00
dimanche de la semaine prochaine à 10h           => 2027-03-21 10:00
dans 8 jours à 10h                               => 2027-03-18 10:00
dans un mois à 10h                               => 2027-04-10 10:00
dans une heure                                   => 2027-03-10 11:00
dans 2 heures                                    => 2027-03-10 12:00
dans 1h30                                        => 2027-03-10 11:30
dans une demi-heure                              => 2027-03-10 10:30
10h heure de Dakar demain                        => 2027-03-11 10:00 Africa/Dakar
demain à 10h, heure de Dakar                     => 2027-03-11 10:00 Africa/Dakar
demain à 10 heures heure de Paris                => 2027-03-11 10:00
demain à 10h (heure de Santiago)                 => 2027-03-11 10:00 America/Santiago
demain à 10h GMT                                 => 2027-03-11 11:00
demain 10h TU                                    => 2027-03-11 11:00
demain à 10h UTC+2                               => 2027-03-11 09:00
demain 10h à Dakar                               => 2027-03-11 10:00 Africa/Dakar
demain à 10h heure locale                        => 2027-03-11 10:00
le 5 du mois prochain à 10h                      => 2027-04-05 10:00
premier lundi d'avril à 10h                      => 2027-04-05 10:00
le dernier vendredi de mars à 10h                => 2027-03-26 10:00
14/03/2027 à 15h                                 => 2027-03-14 15:00
14/03 à 15h                                      => 2027-03-14 15:00
03/04/2027 15h00                                 => 2027-04-03 15:00
3/4 à 15h                                        => 2027-04-03 15:00
14 févr. 2028 15h                                => 2028-02-14 15:00
14 sept. 2027 à 15h                              => 2027-09-14 15:00
dans sept jours à 15h                            => 2027-03-17 15:00
le 14 août 2027 à 15h                            => 2027-08-14 15:00
à 15h le 14 mars 2027                            => 2027-03-14 15:00
15h demain                                       => 2027-03-11 15:00
mar. 16 mars 10h                                 => 2027-03-16 10:00
mar 16 mars 10h                                  => 2027-03-16 10:00
mar 16 10h                                       => 2027-03-16 10:00
tomorrow at 3pm                                  => 2027-03-11 15:00
mardi 16 mars prochain à 10h                     => 2027-03-16 10:00
le mardi 16 mars 2027, à 14 h 30                 => 2027-03-16 14:30
14 MARS 2027 À 15H                               => 2027-03-14 15:00
à partir de 15h demain                           => 2027-03-11 15:00
le 29 mars 2027 à 2h30                           => 2027-03-29 02:30
le mardi 16 mars à 14h30, heure de Paris         => 2027-03-16 14:30
mardi 16/03/2027 à 10h                           => 2027-03-16 10:00
16.03.2027 à 10h                                 => 2027-03-16 10:00
samedi qui vient à 10h                           => 2027-03-13 10:00
dans 15 jours à 10h                              => 2027-03-25 10:00
demain à 9 heures 30                             => 2027-03-11 09:30
demain à 9h du soir                              => 2027-03-11 21:00
demain 9 heures pile                             => 2027-03-11 09:00
demain à 9h05                                    => 2027-03-11 09:05
vendredi 12 à midi                               => 2027-03-12 12:00
le 1er mars à 10h                                => 2028-03-01 10:00
cet après-midi à 15h                             => 2027-03-10 15:00
le 14 mars 2027 à 15h (UTC+1)                    => 2027-03-14 15:00
demain à 15h heure de New York                   => 2027-03-11 15:00 America/New_York
demain à 15h HNE                                 => 2027-03-11 21:00
le jeudi 11 mars 2027 à 15 h 00 min              => 2027-03-11 15:00
demain à 15h00, heure de Genève                  => 2027-03-11 15:00 Europe/Zurich
demain à 15 h                                    => 2027-03-11 15:00
demain à 3h du matin                             => 2027-03-11 03:00
demain à 3h de l'après-midi                      => 2027-03-11 15:00
après demain à midi trente                       => 2027-03-12 12:30
midi et quart demain                             => 2027-03-11 12:15
demain à vingt heures                            => 2027-03-11 20:00
demain à vingt et une heures trente              => 2027-03-11 21:30
dans trois semaines à 14 heures                  => 2027-03-31 14:00
mercredi prochain à 10h                          => 2027-03-17 10:00
14-mars-2027 15h                                 => 2027-03-14 15:00
2027-03-14 15h                                   => 2027-03-14 15:00
2e mardi d'avril à 10h                           => 2027-04-13 10:00
le deuxième mardi d'avril à 10h                  => 2027-04-13 10:00
jeudi à dix heures et quart                      => 2027-03-11 10:15
jeudi à 10h et demie                             => 2027-03-11 10:30
demain à 10h CET                                 => 2027-03-11 10:00
mardi 16 mars 2027 – 10h                         => 2027-03-16 10:00
à quinze heures demain                           => 2027-03-11 15:00
"""

ASKED = """
lundi 14 mars 2027 15h                => Weekday: 2027-03-14 15:00, 2027-03-08 15:00, 2027-03-15 15:00
demain à trois heures                 => Several: 2027-03-11 03:00, 2027-03-11 15:00
demain à trois heures moins le quart  => Several: 2027-03-11 02:45, 2027-03-11 14:45
lundi 16 à 10h                        => Weekday: 2027-03-16 10:00, 2027-03-15 10:00, 2027-03-22 10:00
dans huit jours à 10h                 => Several: 2027-03-18 10:00, 2027-03-17 10:00
dans quinze jours à 10h               => Several: 2027-03-25 10:00, 2027-03-24 10:00
le 28 mars 2027 à 2h30                => Nonexistent: 2027-03-28 03:30
le 31 octobre 2027 à 2h30             => Twice: 2027-10-31 02:30 +02:00, 2027-10-31 02:30 +01:00
mercredi à 10h30                      => Several: 2027-03-10 10:30, 2027-03-17 10:30
14 juillet 2027 à 10h CET             => Several: 2027-07-14 10:00 +01:00, 2027-07-14 10:00 +02:00
"""

REFUSED = """
il y a deux jours à 10h   => Past
hier à 10h                => Past
mardi dernier à 10h       => Past
de 9h à 10h demain        => Range
demain de 9h à 10h        => Range
demain 9h-10h             => Range
demain entre 9h et 10h    => Range
le 30 février 2027 à 10h  => ImpossibleDate
demain                    => NoTimeOfDay
15h                       => NoDate
bientôt                   => Unparseable
demain à 25h              => ImpossibleDate
dans une quinzaine à 10h  => Unparseable
d'ici 3 jours à 10h       => Unparseable
lundi 15 mars, 9h-10h     => Range
ce matin à 8h             => Past
tous les mardis à 10h     => Unparseable
vers 15h demain           => Unparseable
mardi ou mercredi à 10h   => Unparseable
demain à 15h du matin     => ImpossibleDate
le 31/04/2027 à 10h       => ImpossibleDate
demain soir               => NoTimeOfDay
à midi                    => NoDate
le 14 mars 2027           => NoTimeOfDay
mars 2027 à 10h           => Unparseable
semaine prochaine à 10h   => Unparseable
le 14/03/27 à 15h         => Unparseable
demain à 10h-11h          => Range
il y a une heure          => Past
lundi dernier à 9h        => Past
avant-hier à 9h           => Past
le 8 mars 2027 à 9h       => Past
"""


@pytest.mark.parametrize("phrase, expected", rows(RIGHT))
def test_it_is_understood(phrase: str, expected: str) -> None:
    check(phrase, "fr", ZONE, expected)


@pytest.mark.parametrize("phrase, expected", rows(ASKED))
def test_it_is_asked_about(phrase: str, expected: str) -> None:
    check(phrase, "fr", ZONE, expected)


@pytest.mark.parametrize("phrase, expected", rows(REFUSED))
def test_it_is_refused(phrase: str, expected: str) -> None:
    check(phrase, "fr", ZONE, expected)
