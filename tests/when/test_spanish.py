"""Moments in Spanish: what must be understood, what must be asked about, and what must be refused."""

import pytest

from tests.when.tables import check, rows

# Seen from America/Santiago on Wednesday 10 March 2027, 09:00 UTC.
ZONE = "America/Santiago"

RIGHT = """
mañana a las 3 de la tarde                    => 2027-03-11 15:00
manana a las 3 de la tarde                    => 2027-03-11 15:00
mañana a las 15:00                            => 2027-03-11 15:00
mañana a las 15h                              => 2027-03-11 15:00
mañana a las 9                                => 2027-03-11 09:00
el próximo jueves a las 9                     => 2027-03-11 09:00
el jueves próximo a las 9:00                  => 2027-03-11 09:00
el jueves que viene a las 10                  => 2027-03-11 10:00
jueves a las 10:00                            => 2027-03-11 10:00
pasado mañana a las 18:00                     => 2027-03-12 18:00
en 8 días a las 10:00                         => 2027-03-18 10:00
en dos semanas al mediodía                    => 2027-03-24 12:00
dentro de dos semanas a las 10 de la mañana   => 2027-03-24 10:00
dentro de 3 días a mediodía                   => 2027-03-13 12:00
14 de marzo de 2027 a las 15:00               => 2027-03-14 15:00
el 14 de marzo de 2027 a las 3 p. m.          => 2027-03-14 15:00
el 14 de marzo a las 15 h                     => 2027-03-14 15:00
14 marzo 2027 15:00                           => 2027-03-14 15:00
domingo, 14 de marzo de 2027, 15:00           => 2027-03-14 15:00
el domingo 14 a las 15:00                     => 2027-03-14 15:00
el 14 a las 15:00                             => 2027-03-14 15:00
14/03/2027 15:00                              => 2027-03-14 15:00
03/04/2027 a las 15:00                        => 2027-04-03 15:00
3/4 a las 15:00                               => 2027-04-03 15:00
1.º de abril de 2027 a las 10:00              => 2027-04-01 10:00
1º de abril a las 10:00                       => 2027-04-01 10:00
1° de abril a las 10:00                       => 2027-04-01 10:00
1ro de abril a las 10:00                      => 2027-04-01 10:00
el primero de abril a las diez de la mañana   => 2027-04-01 10:00
mañana por la mañana a las 9                  => 2027-03-11 09:00
mañana por la tarde a las 4                   => 2027-03-11 16:00
mañana a las tres y media de la tarde         => 2027-03-11 15:30
mañana a las cuatro menos cuarto de la tarde  => 2027-03-11 15:45
mañana a las 9 y cuarto                       => 2027-03-11 09:15
mañana a las diez y veinte                    => 2027-03-11 10:20
el martes a las 9 de la mañana                => 2027-03-16 09:00
mañana a la una de la tarde                   => 2027-03-11 13:00
mañana a la 1 p.m.                            => 2027-03-11 13:00
mañana a las 12 del mediodía                  => 2027-03-11 12:00
mañana a medianoche                           => 2027-03-11 00:00
hoy a las 8 de la noche                       => 2027-03-10 20:00
esta noche a las 8                            => 2027-03-10 20:00
esta tarde a las 4                            => 2027-03-10 16:00
mañana a las 2 de la madrugada                => 2027-03-11 02:00
el martes de la próxima semana a las 10:00    => 2027-03-16 10:00
el martes de la semana que viene a las 10:00  => 2027-03-16 10:00
la próxima semana el martes a las 10:00       => 2027-03-16 10:00
el primer lunes de abril de 2027 a las 10:00  => 2027-04-05 10:00
el último viernes de marzo a las 10:00        => 2027-03-26 10:00
el 5 del próximo mes a las 10:00              => 2027-04-05 10:00
el próximo 14 de abril a las 10:00            => 2027-04-14 10:00
el próximo martes 16 de marzo a las 10:00     => 2027-03-16 10:00
mañana a las 10:00 hora de Santiago           => 2027-03-11 10:00
mañana a las 10:00 hora de Bogotá             => 2027-03-11 10:00 America/Bogota
mañana a las 10:00 hora de Colombia           => 2027-03-11 10:00 America/Bogota
mañana a las 10:00, hora de Ciudad de México  => 2027-03-11 10:00 America/Mexico_City
mañana a las 10:00 (hora de Madrid)           => 2027-03-11 10:00 Europe/Madrid
mañana a las 10:00 GMT-3                      => 2027-03-11 10:00
mañana a las 10:00 UTC−3                      => 2027-03-11 10:00
mañana a las 10:00 -03:00                     => 2027-03-11 10:00
mañana a las 10:00 CET                        => 2027-03-11 06:00
mañana 10:00 hrs                              => 2027-03-11 10:00
mañana 10:00 hs.                              => 2027-03-11 10:00
mañana a las 10 hrs                           => 2027-03-11 10:00
mañana a las 15 horas                         => 2027-03-11 15:00
mañana a las 15 horas y 30 minutos            => 2027-03-11 15:30
mañana a las 10 en punto de la mañana         => 2027-03-11 10:00
en 2 horas                                    => 2027-03-10 08:00
dentro de media hora                          => 2027-03-10 06:30
en una hora                                   => 2027-03-10 07:00
en una hora y media                           => 2027-03-10 07:30
en 90 minutos                                 => 2027-03-10 07:30
mié. 17 mar. 2027 10:00                       => 2027-03-17 10:00
mar 16 mar 2027 10:00                         => 2027-03-16 10:00
14 de sept. de 2027 a las 15:00               => 2027-09-14 15:00
14 de setiembre de 2027 a las 15:00           => 2027-09-14 15:00
MAÑANA A LAS 3 DE LA TARDE                    => 2027-03-11 15:00
el sábado a las 11 de la mañana               => 2027-03-13 11:00
sabado 11:00                                  => 2027-03-13 11:00
a las 15:00 del 14 de marzo de 2027           => 2027-03-14 15:00
3 de la tarde, mañana                         => 2027-03-11 15:00
4 de abril de 2027 a las 23:30                => 2027-04-04 23:30
el martes a las 10:00 hrs                     => 2027-03-16 10:00
el día 16 a las 10:00                         => 2027-03-16 10:00
martes 16/03/2027 10:00                       => 2027-03-16 10:00
a las 10 del martes 16 de marzo               => 2027-03-16 10:00
mañana a las 7 de la tarde                    => 2027-03-11 19:00
mañana a las 9 de la noche                    => 2027-03-11 21:00
el viernes al mediodía                        => 2027-03-12 12:00
el 1 de abril, 10:00                          => 2027-04-01 10:00
dentro de un mes a las 10:00                  => 2027-04-10 10:00
de aquí a dos semanas a las 10:00             => 2027-03-24 10:00
este viernes a las 10:00                      => 2027-03-12 10:00
el lunes que viene a las 10 y media           => 2027-03-15 10:30
14 de marzo del 2027, 15 h                    => 2027-03-14 15:00
14-mar-2027 15:00                             => 2027-03-14 15:00
las 15:00 del 14/03/2027                      => 2027-03-14 15:00
14 de marzo de 2027 15.30                     => 2027-03-14 15:30
mañana a las 10 hora de Brasilia              => 2027-03-11 10:00 America/Sao_Paulo
hoy a las 18:00                               => 2027-03-10 18:00
el segundo martes de abril a las 10:00        => 2027-04-13 10:00
el martes 16 a las 10 hs                      => 2027-03-16 10:00
16/3 10:00                                    => 2027-03-16 10:00
el próximo miércoles a las 10:00              => 2027-03-17 10:00
próximo martes, 10:00                         => 2027-03-16 10:00
martes próximo a la una y media de la tarde   => 2027-03-16 13:30
mañana a las diez                             => 2027-03-11 10:00
10:30 am mañana                               => 2027-03-11 10:30
mañana 3pm                                    => 2027-03-11 15:00
mañana a las 12                               => 2027-03-11 12:00
mañana a las 12 p.m.                          => 2027-03-11 12:00
en la mañana a las 9 del martes               => 2027-03-16 09:00
el martes en la mañana a las 9                => 2027-03-16 09:00
mañana en la tarde a las 5                    => 2027-03-11 17:00
"""

ASKED = """
mañana a las 3                            => Several: 2027-03-11 03:00, 2027-03-11 15:00
en ocho días a las 10:00                  => Several: 2027-03-18 10:00, 2027-03-17 10:00
en quince días a las 10:00                => Several: 2027-03-25 10:00, 2027-03-24 10:00
lunes 14 de marzo de 2027 a las 15:00     => Weekday: 2027-03-14 15:00, 2027-03-08 15:00, 2027-03-15 15:00
mañana a las 12 de la noche               => Several: 2027-03-11 00:00, 2027-03-12 00:00
mañana a las 12 de la mañana              => Several: 2027-03-11 12:00, 2027-03-11 00:00
5 de septiembre de 2027 a las 00:30       => Nonexistent: 2027-09-05 01:30
domingo de la próxima semana a las 10:00  => Several: 2027-03-21 10:00, 2027-03-14 10:00
miércoles a las 10:00                     => Several: 2027-03-10 10:00, 2027-03-17 10:00
el lunes 16 a las 10 hs                   => Weekday: 2027-03-16 10:00, 2027-03-15 10:00, 2027-03-22 10:00
3 de abril de 2027 a las 23:30            => Twice: 2027-04-03 23:30 -03:00, 2027-04-03 23:30 -04:00
"""

REFUSED = """
a las 9 de la mañana                  => NoDate
mañana a las 10:00 hora de Chile      => Unparseable
ayer a las 10:00                      => Past
hace tres días a las 10:00            => Past
el martes pasado a las 10:00          => Past
de 9:00 a 10:00 mañana                => Range
mañana de 9 a 10                      => Range
mañana 09:00-10:00                    => Range
31 de abril de 2027 a las 10:00       => ImpossibleDate
mañana                                => NoTimeOfDay
15:00                                 => NoDate
pronto                                => Unparseable
todos los martes a las 10:00          => Unparseable
sobre las 3 de la tarde de mañana     => Unparseable
antes de ayer a las 10                => Past
hoy a las 5:00                        => Past
mañana por la noche                   => NoTimeOfDay
mañana a las 25:00                    => ImpossibleDate
mañana a las 15 de la mañana          => ImpossibleDate
anoche a las 10                       => Past
el martes o el miércoles a las 10:00  => Unparseable
mañana de 9:00 a 10:00                => Range
entre las 9 y las 10 mañana           => Range
el 14/03/27 a las 15:00               => Unparseable
el martes siguiente a las 10          => Unparseable
dentro de hora y media                => Unparseable
"""


@pytest.mark.parametrize("phrase, expected", rows(RIGHT))
def test_it_is_understood(phrase: str, expected: str) -> None:
    check(phrase, "es", ZONE, expected)


@pytest.mark.parametrize("phrase, expected", rows(ASKED))
def test_it_is_asked_about(phrase: str, expected: str) -> None:
    check(phrase, "es", ZONE, expected)


@pytest.mark.parametrize("phrase, expected", rows(REFUSED))
def test_it_is_refused(phrase: str, expected: str) -> None:
    check(phrase, "es", ZONE, expected)
