"""The people of the demo. They are invented, and so is their work; the countries and languages are real.

Whoever resembles them does so by chance.
"""

from datetime import timedelta

from bot.demo.world import Persona

# The secretariat's moderator made the server and runs /setup.
OWNER = Persona(
    key="maren-ostby",
    name="Maren Østby",
    locale="en-GB",
    zone="America/New_York",
    country="NO",
    organisation="Network secretariat",
    post="Programme officer",
    account=timedelta(days=1900),
)

MEMBERS = (
    Persona(
        key="catalina-rehue",
        name="Catalina Rehue",
        locale="es-419",
        zone="America/Santiago",
        country="CL",
        organisation="Co-chair’s team",
        post="Asesora de género",
        account=timedelta(days=1430),
    ),
    Persona(
        key="awa-ndoye",
        name="Awa Ndoye",
        locale="fr",
        zone="Africa/Dakar",
        country="SN",
        organisation="École de police",
        post="Commissaire, formation",
        account=timedelta(days=980),
    ),
    Persona(
        key="jussara-tavares",
        name="Jussara Tavares",
        locale="pt-BR",
        zone="America/Sao_Paulo",
        country="BR",
        organisation="Polícia comunitária",
        post="Major, atendimento a vítimas",
        account=timedelta(days=610),
    ),
    Persona(
        key="eero-lehtovaara",
        name="Eero Lehtovaara",
        locale="en-GB",
        zone="Europe/Helsinki",
        country="FI",
        organisation="Police college",
        post="Senior lecturer",
        account=timedelta(days=2200),
    ),
)

# They join one after another when someone asks for it.
NEWCOMERS = (
    Persona(
        key="solange-uwimana",
        name="Solange Uwimana",
        locale="fr",
        zone="Africa/Kigali",
        country="RW",
        organisation="Gender desk",
        post="Inspectrice",
        account=timedelta(days=520),
    ),
    Persona(
        key="ardita-hoxhaj",
        name="Ardita Hoxhaj",
        locale="en-GB",
        zone="Europe/Tirane",
        country="AL",
        organisation="Ministry of interior",
        post="Policy adviser",
        account=timedelta(days=1210),
    ),
    Persona(
        key="beatriz-moncayo",
        name="Beatriz Moncayo",
        locale="es-ES",
        zone="Europe/Madrid",
        country="ES",
        organisation="Unidad de atención",
        post="Inspectora",
        account=timedelta(days=760),
    ),
    Persona(
        key="leila-benkirane",
        name="Leïla Benkirane",
        locale="fr",
        zone="Africa/Casablanca",
        country="MA",
        organisation="Cellule d’accueil",
        post="Officière de liaison",
        account=timedelta(days=890),
    ),
    Persona(
        key="tomas-quintela",
        name="Tomás Quintela",
        locale="pt-BR",
        zone="America/Recife",
        country="BR",
        organisation="Delegacia",
        post="Investigador",
        account=timedelta(days=12),
    ),
    Persona(
        key="hana-sefcikova",
        name="Hana Šefčíková",
        locale="en-GB",
        zone="Europe/Bratislava",
        country="SK",
        organisation="Police presidium",
        post="Analyst",
        account=timedelta(days=1500),
    ),
)
