"""Guidance that moderators add, change, retire and take from lists, and that members suggest; as people do it."""

import csv
import io
import json
from typing import Any

from bot.demo.world import Person, World
from bot.languages import texts
from data.audit import list_entries
from data.resources import find_resource, list_resources
from tests.act import all_text, embed_text, fields, reply
from tests.forging import press
from tests.lookup.people import AINO, AWA, LUCIA, bot_of, has, member, options, the
from tests.practices.acting import direct_messages

WHAT: dict[str, Any] = {
    "title": "Guide de la patrouille des quokkas",
    "url": "example.org/quokka?utm_source=mail",
    "publishers": "Police nationale; Ministère",
    "year": "2024",
    "type": ["toolkit"],
}
MORE: dict[str, Any] = {
    "areas": ["budgeting", "capacity"],
    "languages": ["fr", "en"],
    "title_language": ["fr"],
    "summary": "Comment patrouiller avec les riverains.",
}


async def add(world: World, by: Person, what: dict[str, Any] = WHAT, more: dict[str, Any] = MORE) -> Any:
    """Go through both forms, up to the card; or what was said instead."""
    shown = await by.actor.slash(world.channel("general"), "resource add")
    first = reply(await by.actor.submit_modal(shown, what))
    if not has(first, "open:resource:more"):
        return first
    second = await by.actor.click(first, custom_id=the(first, "open:resource:more"))
    return reply(await by.actor.submit_modal(second, more))


async def found(world: World, by: Person, query: str = "quokka") -> list[str]:
    """The resources that /lookup finds."""
    message = reply(await by.actor.slash(world.channel("general"), "lookup", query=query, kind="resource"))
    return [each for each in options(message) if each.startswith("resource:")]


async def trail(world: World) -> list[str]:
    """What was done with resources, the first thing first."""
    async with bot_of(world).db.read() as session:
        entries = await list_entries(session, world.guild.id, action="resource.")
    return [entry.action for entry in reversed(entries)]


async def test_a_resource_is_added_found_changed_retired_and_brought_back(world: World) -> None:
    awa, owner = await member(world, AWA), world.owner
    card = await add(world, owner)
    assert "https://example.org/quokka?utm_source=mail" in all_text(card)
    assert "Nothing is kept yet" in all_text(card)
    assert not await found(world, awa)
    done = reply(await owner.actor.click(card, custom_id=the(card, "resource:keep")))
    assert "Added: “Guide de la patrouille des quokkas”" in all_text(done)
    [key] = await found(world, awa)
    resource_id = key.partition(":")[2]
    # By title or by address, it is there already; what was typed is not lost.
    for what in (
        {**WHAT, "url": ""},
        {**WHAT, "title": "Another", "url": "https://www.example.org/quokka/"},
    ):
        refused = await add(world, owner, what)
        assert "among the resources already" in all_text(refused)
        assert has(refused, "open:resource:more")
    for address, why in (
        ("javascript:alert(1)", "https://"),
        ("http://example.org", "https://"),
        ("https://unwomen.org@evil.example/x", "user name"),
        ("https://xn--80ak6aa92e.com/", "trap"),
        ("https://127.0.0.1/x", "no site"),
    ):
        assert why in all_text(await add(world, owner, {**WHAT, "title": "Other", "url": address}))
    # Somebody else changes it while the form is open.
    offered = await owner.actor.autocomplete(world.channel("general"), "resource edit", "resource", "QUOK")
    assert [choice["value"] for choice in offered] == [resource_id]
    first = await owner.actor.slash(world.channel("general"), "resource edit", resource=resource_id)
    assert fields(first)["publishers"]["value"] == "Police nationale; Ministère"
    preview = reply(await owner.actor.submit_modal(first, {**WHAT, "title": "Le nouveau guide des quokkas"}))
    again = await owner.actor.slash(world.channel("general"), "resource edit", resource=resource_id)
    other = reply(await owner.actor.submit_modal(again, {**WHAT, "title": "Encore un guide des quokkas"}))
    saved = reply(await owner.actor.click(other, custom_id=the(other, "resource:keep")))
    assert "Saved: “Encore un guide des quokkas”" in all_text(saved)
    stale = reply(await owner.actor.click(preview, custom_id=the(preview, "resource:keep")))
    assert "not here any more" in all_text(stale)
    assert await found(world, awa, "quokkas") == [key]
    # Retired, it is gone from /lookup, for this community alone where it is everybody's.
    for one in (resource_id, "unodc-handbook-vaw-2010"):
        asked = reply(await owner.actor.slash(world.channel("general"), "resource retire", resource=one))
        gone = reply(await owner.actor.click(asked, custom_id=the(asked, "resource:retire")))
        assert "Retired: " in all_text(gone)
    aino = await world.join(AINO)
    handbook = "Handbook on Effective Police Responses to Violence against Women"
    for person in (awa, aino):
        assert "resource:unodc-handbook-vaw-2010" not in await found(world, person, handbook)
    assert not await found(world, awa)
    async with bot_of(world).db.read() as session:
        assert await find_resource(session, 987, "unodc-handbook-vaw-2010") is not None
        assert not next(
            one for one in await list_resources(session, 987) if one.resource.id.startswith("unodc-h")
        ).retired
    back = reply(await owner.actor.click(gone, custom_id=the(gone, "resource:back")))
    assert "It is back" in all_text(back)
    assert "resource:unodc-handbook-vaw-2010" in await found(world, aino, handbook)
    shared = reply(
        await owner.actor.slash(world.channel("general"), "resource edit", resource="unodc-handbook-vaw-2010")
    )
    assert "belongs to everybody" in all_text(shared)
    assert await trail(world) == [
        *("resource.add", "resource.edit", "resource.retire", "resource.retire", "resource.back"),
    ]
    refused = reply(await awa.actor.slash(world.channel("general"), "resource add"))
    assert all_text(refused).strip() == texts("fr")("This is for the moderators of this community.")


async def test_a_list_is_tried_first_and_taken_whole_or_not_at_all(world: World) -> None:
    owner = world.owner

    async def look(content: bytes, name: str) -> Any:
        return reply(await owner.actor.slash(world.channel("general"), "resource import", file=(name, content)))

    heads = ["Titre, tel que publié", "Lien", "Type", "Domaines clés", "Année", "Langues"]
    heads[0], heads[2] = texts("fr")("Title, as published"), texts("fr")("Kind")
    rows = [
        [
            "Quokka manual",
            "https://example.org/a",
            "Manuel",
            "Budgétisation sensible au genre; 4",
            "2020",
            "fr; anglais",
        ],
        ["Quokka MANUAL", "https://example.org/b", "Manuel", "1", "", ""],
        ["Other quokka", "https://www.example.org/a/", "Manuel", "1", "", ""],
        ["Handbook on Effective Police Responses to Violence against Women", "", "Manuel", "1", "", ""],
        ["", "javascript:x", "Poème", "9", "20", "klingon"],
        ["=1+1", "https://españa.es/guía", "research", "leadership", "", "es"],
    ]
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([heads, *rows])
    seen = await look(text.getvalue().encode(), "list.csv")
    said = all_text(seen)
    for part in (
        "2 resources can be added.",
        "Problems in the list: 9",
        "Addresses with unusual letters, to look at twice: 1",
        "Row 3, Title, as published: The same resource stands in row 2. (Quokka MANUAL)",
        "Row 4, Title, as published: The same resource stands in row 2.",
        "Row 5, Title, as published: This is among the resources already.",
        "Row 6, Address: Only addresses that begin with https:// are taken.",
        "Row 6, Year: ",
        "No such kind of resource. (Poème)",
    ):
        assert part in said, said
    assert not await found(world, owner)
    done = reply(await owner.actor.click(seen, custom_id=the(seen, "resource:import")))
    assert "2 resources were added" in all_text(done)
    assert len(await found(world, owner)) == 1
    # What was written out comes in again as what is there; and is no formula for whoever opens it.
    for sort in ("csv", "json", "xlsx"):
        given = reply(await owner.actor.slash(world.channel("general"), "resource export", format=sort))
        [file] = given.attachments
        content = await file.read()
        if sort == "json":
            assert {one["title"] for one in json.loads(content) if one["own"]} == {"Quokka manual", "=1+1"}
        if sort == "csv":
            assert b'"\'=1+1"' in content
        again = all_text(await look(content, file.filename))
        assert "0 resources can be added." in again
        assert "Problems in the list: 62" in again
    broken = all_text(await look(b"[" * 100_000, "list.json"))
    assert "cannot be read" in broken
    fresh = json.dumps([{"title": "Kakapo", "type": "toolkit", "key_areas": ["capacity"], "url": None}, 5]).encode()
    seen = await look(fresh, "list.json")
    assert "1 resource can be added." in all_text(seen)
    assert "Row 2, Title, as published: The title is missing." in all_text(seen)
    # Added by hand meanwhile: the list does not add it a second time.
    card = await add(world, owner, {**WHAT, "title": "Kakapo", "url": ""})
    await owner.actor.click(card, custom_id=the(card, "resource:keep"))
    late = all_text(reply(await owner.actor.click(seen, custom_id=the(seen, "resource:import"))))
    assert "0 resources were added" in late
    assert "1 was added by somebody else meanwhile" in late


async def test_a_suggestion_is_accepted_or_declined_once_and_answered(world: World) -> None:
    lucia, owner = await member(world, LUCIA), world.owner
    t = texts("es")
    typed = {
        "title": "Guía de los quokkas @everyone [x](https://evil.example)",
        "url": "https://example.org/guia",
        "type": ["handbook"],
        "areas": ["capacity"],
        "summary": "Ayuda a planificar patrullas.",
    }

    async def suggest(**changed: Any) -> Any:
        shown = await lucia.actor.slash(world.channel("general"), "resource suggest")
        return reply(await lucia.actor.submit_modal(shown, {**typed, **changed}))

    thanks = t("Thank you: “{title}” is with the moderators. You are told what they decide.", title="|")
    assert thanks.partition("|")[0] in all_text(await suggest())
    review = world.channel("practice-review")
    [card] = [one for one in review.history() if has(one, "resource:accept")]
    assert "A member suggests a resource." in card.content
    assert str(lucia.id) not in all_text(card)
    assert "@everyone" not in all_text(card)
    # A member who forges the press, and a moderator elsewhere, meet the same.
    [door, *_] = [one for one in world.channel("welcome").history() if one.components]
    forged = await press(world, lucia, door, the(card, "resource:accept"))
    assert t("This is for the moderators of this community.") in all_text(reply(forged))
    taken = await owner.actor.click(card, custom_id=the(card, "resource:accept"))
    assert "Accepted. /lookup finds it at once." in all_text(reply(taken))
    [settled] = [one for one in review.history() if "quokkas" in embed_text(one)]
    assert not settled.components
    assert "Accepted" in embed_text(settled)
    again = await press(world, owner, door, "resource:accept:1")
    assert "decided on this already" in all_text(reply(again))
    assert len(await found(world, lucia, "quokkas")) == 1
    completing = await owner.actor.click(reply(taken), custom_id=the(reply(taken), "resource:complete"))
    assert fields(completing)["title"]["value"].startswith("Guía")
    [told] = direct_messages(lucia)
    assert "entre los recursos" in told.content
    there = t("This is among the resources already: “{title}”.", title="|").partition("|")[0]
    assert there in all_text(await suggest())
    await suggest(title="Otra guía", url="")
    [second] = [one for one in review.history() if has(one, "resource:accept")]
    # Wherever it is decided, the card says so: here from a button that was forged elsewhere.
    form = await press(world, owner, door, the(second, "open:resource:decline"))
    declined = reply(await owner.actor.submit_modal(form, {"reason": "It is **only** an advert."}))
    assert "Declined. Whoever suggested it is told." in all_text(declined)
    assert not [one for one in review.history() if has(one, "resource:accept")]
