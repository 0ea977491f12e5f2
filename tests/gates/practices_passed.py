"""What is tried of what passes between readers and authors: questions, changes, earlier versions, translations."""

from tests.gates.case import MEMBERS, Case
from tests.neighbours import Neighbours

NEVER = {"question": 987654, "translation": 987654, "practice": "nothing-at-all-ffffffff"}


def buttons(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of button and menu, by its custom_id."""
    question, translation = n.passed
    here = n.here.guild.id
    published, others = {"practice": n.published}, [{"practice": name} for name in (n.in_review, n.returned)]
    return {
        "practice:askauthor:{practice}": [Case(published, open_to=MEMBERS), *map(Case, others)],
        "practice:asknow:{practice}": [Case(published), *map(Case, others)],
        **{
            f"practice:{word}:{{community}}:{{question}}": [
                Case({"community": here, "question": question}, never=NEVER)
            ]
            for word in ("answerit", "answernow", "asked")
        },
        **{
            f"practice:{word}:{{community}}:{{translation}}": [
                Case({"community": here, "translation": translation}, never=NEVER)
            ]
            for word in ("approvetr", "declinetr")
        },
        "practice:edit:{practice}": [Case(published), *map(Case, others)],
        # It was never changed.
        "practice:history:{practice}": [Case(published), *map(Case, others)],
        "practice:version:{practice}": [Case({**one}, ["1"], never_options=["987654"]) for one in (published, *others)],
        "practice:old:{practice}:{number}:{page}": [
            Case({**one, "number": 1, "page": 0}, never=NEVER) for one in (published, *others)
        ],
        "practice:readin:{practice}": [Case(published, open_to=MEMBERS), *map(Case, others)],
        "practice:inlanguage:{community}:{practice}:{language}:{page}": [
            Case({"community": here, **published, "language": "fr", "page": 0}, never=NEVER, open_to=MEMBERS),
            *(Case({"community": here, **one, "language": "fr", "page": 0}, never=NEVER) for one in others),
        ],
        "practice:translations:{practice}": [Case(published, open_to=MEMBERS), *map(Case, others)],
        # Its author has not said that it may be translated.
        **{
            f"practice:{word}:{{practice}}:{{language}}": [
                Case({**published, "language": "fr"}, open_to=MEMBERS),
                *(Case({**one, "language": "fr"}) for one in others),
            ]
            for word in ("translateit", "sendtr")
        },
        "practice:translateto:{practice}": [
            Case(published, ["fr"], never_options=["fr"], open_to=MEMBERS),
            *(Case(one, ["fr"], never_options=["fr"]) for one in others),
        ],
    }


def forms(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each kind of form, by its custom_id."""
    question, _ = n.passed
    typed: dict[str, str | list[str]] = {"question": "How is it paid, and by whom?"}
    text: dict[str, str | list[str]] = {"title": "Patrouilles", "summary": "Deux.", "problem": "Vide.", "risks": "Non."}
    return {
        "practice:ask:{practice}": [
            Case({"practice": n.published}, typed=typed, open_to=MEMBERS, changes=True, shows=("Quokka",)),
            *(Case({"practice": name}, typed=typed) for name in (n.in_review, n.returned)),
        ],
        "practice:answer:{community}:{question}": [
            Case(
                {"community": n.here.guild.id, "question": question},
                typed={"answer": "It is not.", "named": ["no"]},
                never=NEVER,
            )
        ],
        "practice:translate:{practice}:{language}:{part}": [
            Case({"practice": n.published, "language": "fr", "part": 0}, typed=text, open_to=MEMBERS),
            *(Case({"practice": name, "language": "fr", "part": 0}, typed=text) for name in (n.in_review, n.returned)),
        ],
    }


def commands(n: Neighbours) -> dict[str, list[Case]]:
    """A case or more for each command."""
    # A file says in its name and its text what is published; each server gets its own.
    return {"practice export": [Case(open_to=MEMBERS, own=True, changes=True)]}
