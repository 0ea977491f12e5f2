"""Moments in Portuguese: what must be understood, what must be asked about, and what must be refused."""

import pytest

from tests.when.tables import check, rows

# Seen from America/Sao_Paulo on Wednesday 10 March 2027, 09:00 UTC.
ZONE = "America/Sao_Paulo"

RIGHT = """
amanhã às 15h                             => 2027-03-11 15:00
amanha as 15h                             => 2027-03-11 15:00
amanhã às 15h30                           => 2027-03-11 15:30
amanhã às 3 da tarde                      => 2027-03-11 15:00
amanhã às três da tarde                   => 2027-03-11 15:00
amanhã às três e meia da tarde            => 2027-03-11 15:30
amanhã, 15:00                             => 2027-03-11 15:00
na próxima sexta às 9h                    => 2027-03-12 09:00
próxima sexta-feira às 9h                 => 2027-03-12 09:00
sexta que vem às 9h                       => 2027-03-12 09:00
sexta-feira, 9h                           => 2027-03-12 09:00
sexta às 9h                               => 2027-03-12 09:00
segunda às 9h                             => 2027-03-15 09:00
segunda-feira às 9h                       => 2027-03-15 09:00
2ª feira às 9h                            => 2027-03-15 09:00
2.ª feira às 9h                           => 2027-03-15 09:00
2a-feira às 9h                            => 2027-03-15 09:00
na 2ª às 9h                               => 2027-03-15 09:00
terça da semana que vem às 10h            => 2027-03-16 10:00
depois de amanhã às 10h                   => 2027-03-12 10:00
em duas semanas ao meio-dia               => 2027-03-24 12:00
daqui a duas semanas ao meio-dia          => 2027-03-24 12:00
daqui a 3 dias às 10h                     => 2027-03-13 10:00
em 3 dias às 10h                          => 2027-03-13 10:00
14 de março de 2027, 15h                  => 2027-03-14 15:00
14 de março de 2027 às 15:00              => 2027-03-14 15:00
dia 14 de março às 15h                    => 2027-03-14 15:00
no dia 14 de março de 2027 às 15 horas    => 2027-03-14 15:00
em 14 de março de 2027 às 15h             => 2027-03-14 15:00
dia 14 às 15h                             => 2027-03-14 15:00
domingo, 14 de março de 2027 às 15:00     => 2027-03-14 15:00
1º de abril de 2027 às 10h                => 2027-04-01 10:00
1.º de abril às 10h                       => 2027-04-01 10:00
primeiro de abril às dez da manhã         => 2027-04-01 10:00
às 15h do dia 14 de março                 => 2027-03-14 15:00
amanhã ao meio-dia                        => 2027-03-11 12:00
amanhã ao meio-dia e meia                 => 2027-03-11 12:30
amanhã à meia-noite                       => 2027-03-11 00:00
hoje à noite às 20h                       => 2027-03-10 20:00
hoje às 8 da noite                        => 2027-03-10 20:00
amanhã de manhã às 9                      => 2027-03-11 09:00
amanhã à tarde às 3                       => 2027-03-11 15:00
amanhã à noite às 8h                      => 2027-03-11 20:00
amanhã às quinze para as três da tarde    => 2027-03-11 14:45
amanhã às dez para as três da tarde       => 2027-03-11 14:50
amanhã às vinte e uma horas               => 2027-03-11 21:00
amanhã às vinte e uma e trinta            => 2027-03-11 21:30
amanhã às 9                               => 2027-03-11 09:00
a primeira segunda-feira de abril às 10h  => 2027-04-05 10:00
a segunda segunda-feira de abril às 10h   => 2027-04-12 10:00
a última sexta-feira de março às 10h      => 2027-03-26 10:00
dia 5 do mês que vem às 10h               => 2027-04-05 10:00
no próximo dia 14 às 10h                  => 2027-03-14 10:00
amanhã às 10h, horário de Brasília        => 2027-03-11 10:00
amanhã às 10h (horário de Brasília)       => 2027-03-11 10:00
amanhã às 10h no horário de Lisboa        => 2027-03-11 10:00 Europe/Lisbon
amanhã às 10h hora de Paris               => 2027-03-11 10:00 Europe/Paris
amanhã às 10h BRT                         => 2027-03-11 10:00
amanhã às 10h GMT-3                       => 2027-03-11 10:00
amanhã às 10h UTC                         => 2027-03-11 07:00
em 2 horas                                => 2027-03-10 08:00
daqui a meia hora                         => 2027-03-10 06:30
daqui a uma hora                          => 2027-03-10 07:00
em uma hora e meia                        => 2027-03-10 07:30
ter. 16 mar. 2027 10:00                   => 2027-03-16 10:00
seg. 15/03/2027 10h                       => 2027-03-15 10:00
qui 18 10h                                => 2027-03-18 10:00
14 set. 2027 15h                          => 2027-09-14 15:00
14 dez 2027 15h                           => 2027-12-14 15:00
14/03/2027 15h00                          => 2027-03-14 15:00
03/04/2027 15h                            => 2027-04-03 15:00
AMANHÃ ÀS 15H                             => 2027-03-11 15:00
amanhã às 15 h                            => 2027-03-11 15:00
amanhã as 15hs                            => 2027-03-11 15:00
15 horas de amanhã                        => 2027-03-11 15:00
amanhã às 15h30min                        => 2027-03-11 15:30
quarta-feira 17 de março de 2027 às 10h   => 2027-03-17 10:00
dia 31 às 10h                             => 2027-03-31 10:00
próximo sábado às 10h                     => 2027-03-13 10:00
sábado que vem 10h                        => 2027-03-13 10:00
neste sábado às 10h                       => 2027-03-13 10:00
terça-feira, 16/03/2027, 10h              => 2027-03-16 10:00
às 10h da próxima terça                   => 2027-03-16 10:00
às 10h de terça-feira                     => 2027-03-16 10:00
daqui a um mês às 10h                     => 2027-04-10 10:00
dentro de duas semanas às 10h             => 2027-03-24 10:00
18h de sexta                              => 2027-03-12 18:00
sexta 18h30                               => 2027-03-12 18:30
amanhã às 7 da noite                      => 2027-03-11 19:00
amanhã às 10 e meia                       => 2027-03-11 10:30
amanhã às 10 e quinze                     => 2027-03-11 10:15
hoje às 18h                               => 2027-03-10 18:00
dia 1º de abril às 10h                    => 2027-04-01 10:00
no dia 1.º às 10h                         => 2027-04-01 10:00
14-mar-2027 15h                           => 2027-03-14 15:00
14 de março às 15h (horário de Lisboa)    => 2027-03-14 15:00 Europe/Lisbon
a partir das 15h de amanhã                => 2027-03-11 15:00
terça que vem às duas da tarde            => 2027-03-16 14:00
amanhã às catorze horas                   => 2027-03-11 14:00
amanhã às quatorze e trinta               => 2027-03-11 14:30
próxima quarta às 10h                     => 2027-03-17 10:00
esta quinta às 10h                        => 2027-03-11 10:00
amanhã às 12h                             => 2027-03-11 12:00
amanhã ao meio dia                        => 2027-03-11 12:00
amanhã às 11 da noite                     => 2027-03-11 23:00
amanhã à 1 da tarde                       => 2027-03-11 13:00
amanhã à uma da tarde                     => 2027-03-11 13:00
amanhã às 2 da manhã                      => 2027-03-11 02:00
amanhã às 2 da madrugada                  => 2027-03-11 02:00
14 de março às 15h                        => 2027-03-14 15:00
segunda 15 às 10h                         => 2027-03-15 10:00
15 de março, segunda-feira, às 10h        => 2027-03-15 10:00
15/3 às 10h                               => 2027-03-15 10:00
amanhã 10h UTC-3                          => 2027-03-11 10:00
amanhã 10h (GMT -3)                       => 2027-03-11 10:00
amanhã 10h hora de Nova York              => 2027-03-11 10:00 America/New_York
amanhã 10h horário de Nova Iorque         => 2027-03-11 10:00 America/New_York
"""

ASKED = """
daqui a quinze dias às 10h             => Several: 2027-03-25 10:00, 2027-03-24 10:00
segunda, 14 de março de 2027 às 15:00  => Weekday: 2027-03-14 15:00, 2027-03-08 15:00, 2027-03-15 15:00
amanhã às 3                            => Several: 2027-03-11 03:00, 2027-03-11 15:00
quarta às 10h                          => Several: 2027-03-10 10:00, 2027-03-17 10:00
domingo da semana que vem às 10h       => Several: 2027-03-21 10:00, 2027-03-14 10:00
terça 15 às 10h                        => Weekday: 2027-03-15 10:00, 2027-03-09 10:00, 2027-03-16 10:00
"""

REFUSED = """
ontem às 10h                => Past
há três dias às 10h         => Past
terça passada às 10h        => Past
das 9h às 10h de amanhã     => Range
amanhã das 9h às 10h        => Range
amanhã 9h-10h               => Range
31 de abril de 2027 às 10h  => ImpossibleDate
amanhã                      => NoTimeOfDay
15h                         => NoDate
em breve                    => Unparseable
amanhã pelas 10h            => Unparseable
hoje às 5h                  => Past
toda terça às 10h           => Unparseable
anteontem às 10h            => Past
sexta-feira passada às 10h  => Past
amanhã às 25h               => ImpossibleDate
amanhã à noite              => NoTimeOfDay
14/03/27 às 15h             => Unparseable
março de 2027 às 10h        => Unparseable
terça ou quarta às 10h      => Unparseable
dia 30 de fevereiro às 10h  => ImpossibleDate
"""


@pytest.mark.parametrize("phrase, expected", rows(RIGHT))
def test_it_is_understood(phrase: str, expected: str) -> None:
    check(phrase, "pt", ZONE, expected)


@pytest.mark.parametrize("phrase, expected", rows(ASKED))
def test_it_is_asked_about(phrase: str, expected: str) -> None:
    check(phrase, "pt", ZONE, expected)


@pytest.mark.parametrize("phrase, expected", rows(REFUSED))
def test_it_is_refused(phrase: str, expected: str) -> None:
    check(phrase, "pt", ZONE, expected)
