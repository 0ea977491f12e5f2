"""`/lookup`, as people use it."""

import re
from typing import Any

import discord
import simcord
from simcord.results import ResponseMessage

from bot.demo.world import Person, World
from bot.languages import texts
from data.drafts import list_drafts
from tests.act import all_text, button_labels, components, embed_text, reply
from tests.lookup.people import AINO, AWA, LUCIA, bot_of, has, member, options, practice, the, webinar

LONG = "Handbook on Gender-Responsive Police Services for Women and Girls Subject to Violence"
# What would act if it were not escaped: a link behind other words.
MASKED = re.compile(r"(?<!\\)\](?:\\\\)*\(")


async def look(world: World, person: Person, query: str, channel: str = "general", **filters: str) -> ResponseMessage:
    message = reply(await person.actor.slash(world.channel(channel), "lookup", query=query, **filters))
    assert message.ephemeral
    return message


def first_of(found: ResponseMessage) -> tuple[str, str]:
    """The first result: its title and what is said of it."""
    field = found.embeds[0].fields[0]
    return field.name or "", field.value or ""


def not_found(language: str) -> str:
    return texts(language)("That is not here any more, or it is not open to you.")


# Finding --------------------------------------------------------------------------------------------------------------


async def test_a_query_in_spanish_finds_the_french_practice_in_the_persons_language(world: World) -> None:
    lucia = await world.join(LUCIA)
    found = await look(world, lucia, "trabajadoras sociales en comisarías")
    name, value = first_of(found)
    assert name == "1. Trabajadores y trabajadoras sociales en las comisarías"
    t = texts("es")
    assert t("From the Network's brochure, not reviewed") in value
    assert "Francia" in value
    assert t("Practice") in value


async def test_a_resource_shows_what_it_is_and_its_address_only_where_it_has_one(world: World) -> None:
    awa = await world.join(AWA)
    text = embed_text(await look(world, awa, "Handbook on Effective Police Responses to Violence against Women"))
    assert "1. Handbook on Effective Police Responses to Violence against Women" in text
    assert "Manuel sur les réponses efficaces de la police à la violence à l’égard des femmes" in text
    assert "UNODC · 2010 · Anglais, Français, Espagnol" in text
    assert "Prévention et enquêtes" in text
    assert "https://www.un-ilibrary.org/" in text
    about = embed_text(await look(world, world.owner, "Handbook on Gender-Responsive Police Services"))
    assert "A page about it: https://vietnam.un.org/en/218161-" in about
    without = await look(world, world.owner, "women's police stations Buenos Aires")
    name, value = first_of(without)
    assert name.startswith("1. How Women's Police Stations Empower Women")
    assert "http" not in value


async def test_filters_narrow_and_are_named(world: World) -> None:
    awa = await world.join(AWA)
    found = await look(world, awa, "police", kind="practice", area="institutional-change", country="Espagne")
    assert options(found) == ["practice:es-zero-tolerance"]
    description = found.embeds[0].description or ""
    assert texts("fr")("Practices") in description
    assert "Changement institutionnel · Espagne" in description
    spanish = await look(world, world.owner, "violence against women", language="es", kind="resource")
    assert spanish.embeds[0].fields
    assert all("Spanish" in (field.value or "") for field in spanish.embeds[0].fields)
    assert "Only: Resources · Spanish" in embed_text(spanish)
    network = await look(world, world.owner, "Senegal", kind="network")
    assert options(network) == ["network_member:sn"]


async def test_a_country_may_be_typed_in_any_language(world: World) -> None:
    for typed in ("CL", "Chile", "Chili", "chile "):
        assert options(await look(world, world.owner, "Chile", country=typed)) == ["network_member:cl"]


async def test_an_unknown_country_is_named_and_nothing_of_it_acts(world: World) -> None:
    awa = await world.join(AWA)
    said = await look(world, awa, "police", country="**Narnia** @everyone [x](https://evil.example)")
    assert "Narnia" in said.content
    assert "@everyone" not in said.content
    assert not MASKED.search(said.content)
    told = texts("fr")(
        "No country is called “{name}”. Choose one from the list, or type its name in English, French, Spanish or "
        "Portuguese.",
        name="|",
    )
    beginning, _, end = told.partition("|")
    assert said.content.startswith(beginning)
    assert said.content.endswith(end)


# Paging and restarts --------------------------------------------------------------------------------------------------


async def test_pages_turn_in_place(world: World) -> None:
    first = await look(world, world.owner, "violence against women")
    assert "Page 1 of " in embed_text(first)
    assert next(item for item in components(first) if item.get("label") == "Previous")["disabled"]
    text = embed_text(first)
    turned = reply(await world.owner.actor.click(first, label="Next"))
    assert turned.id == first.id
    assert embed_text(turned) != text
    assert (turned.embeds[0].fields[0].name or "").startswith("6. ")
    assert "Page 2 of " in embed_text(turned)
    back = reply(await world.owner.actor.click(turned, label="Previous"))
    assert embed_text(back) == text


async def test_buttons_still_work_after_a_restart(world: World) -> None:
    awa, t = await world.join(AWA), texts("fr")
    short = await look(world, awa, "violence contre les femmes", area="prevention-investigation")
    long = await look(world, awa, LONG, area="prevention-investigation")
    text = embed_text(long)
    await world.restart()
    turned = reply(await awa.actor.click(short, label=t("Next")))
    assert t("Page {page} of {pages}", page=2, pages="") in embed_text(turned)
    assert t("Only: {filters}", filters="Prévention et enquêtes") in embed_text(turned)
    card = reply(await awa.actor.select(long, [options(long)[0]]))
    assert embed_text(card) != text
    back = reply(await awa.actor.click(card, label=t("Back to the results")))
    assert embed_text(back) == text


async def test_a_long_search_is_kept_for_its_owner_alone(world: World) -> None:
    awa, lucia = await world.join(AWA), await world.join(LUCIA)
    found = await look(world, awa, LONG)
    custom_id = the(found, "lookup:share:0:t") if has(found, "lookup:share") else ""
    assert custom_id
    token = custom_id.rpartition(":")[2]
    async with bot_of(world).db.read() as session:
        [kept] = await list_drafts(session, world.guild.id, awa.id, now=world.now, kind="lookup")
    assert f"t{kept.subject}" == token
    assert kept.data["query"] == LONG
    own = await look(world, lucia, "violence contra las mujeres")
    shown = reply(await forge(lucia, own, f"lookup:page:0:{token}"))
    assert shown.content == not_found("es")


async def forge(person: Person, message: ResponseMessage, custom_id: str) -> simcord.InteractionResult:
    """Press a button of one's own message that carries what it should not."""
    stored = person.actor._message(message)
    button = next(item for row in stored.components for item in row["components"] if item["type"] == 2)
    kept, button["custom_id"], button["disabled"] = button["custom_id"], custom_id, False
    try:
        return await person.actor.click(message, custom_id=custom_id)
    finally:
        button["custom_id"] = kept


FORGED = (
    "lookup:page:0:qz....police",
    "lookup:page:99999:q....police",
    "lookup:page:x:q....police",
    "lookup:page:0:q....",
    "lookup:page:0:t0123456789abcdef",
    "lookup:try:q.9...police",
    "lookup:card:resource:no-such-thing",
    "lookup:card:secret:1",
    "lookup:card:member:1",
    "lookup:card:webinar:99999999999999999999999999",
    "keyarea:page:no-such-area:0",
    "keyarea:share:budgeting:-1",
    "network:page:secrets",
    "network:country:XX",
)


async def test_what_was_forged_is_not_found(world: World) -> None:
    awa = await world.join(AWA)
    found = await look(world, awa, "violence")
    before = len(world.channel("general").history())
    for custom_id in FORGED:
        shown = reply(await forge(awa, found, custom_id))
        assert shown.ephemeral
        assert (custom_id, shown.content) == (custom_id, not_found("fr"))
    assert len(world.channel("general").history()) == before


# One in full ----------------------------------------------------------------------------------------------------------


async def test_one_result_opens_in_full_and_leads_back(world: World) -> None:
    awa = await world.join(AWA)
    found = await look(world, awa, "intervenants sociaux commissariats")
    assert options(found)[0] == "practice:fr-social-workers"
    before = embed_text(found)
    card = reply(await awa.actor.select(found, ["practice:fr-social-workers"]))
    assert card.id == found.id
    text = embed_text(card)
    assert "Des intervenants sociaux dans les commissariats" in text
    assert "Brochure du Réseau – déclaration de la Police nationale française" in text
    assert texts("fr")("From the Network's brochure, not reviewed") in text
    back = reply(await awa.actor.click(card, label=texts("fr")("Back to the results")))
    assert embed_text(back) == before


async def test_every_resource_and_practice_fits_its_card(world: World) -> None:
    """Discord refuses what is too long, and the world checks what is sent against its rules."""
    found = await look(world, world.owner, "violence against women")
    while True:
        for value in options(found):
            card = reply(await world.owner.actor.select(found, [value]))
            assert len(card.embeds[0]) <= 6000
            found = reply(await world.owner.actor.click(card, label="Back to the results"))
        following = next(item for item in components(found) if item.get("label") == "Next")
        if following["disabled"]:
            break
        found = reply(await world.owner.actor.click(found, label="Next"))


async def test_a_key_area_opens_its_page(world: World) -> None:
    found = await look(world, world.owner, "Gender-responsive leadership")
    assert "key_area:leadership" in options(found)
    page = reply(await world.owner.actor.select(found, ["key_area:leadership"]))
    assert page.embeds[0].title == "Gender-responsive leadership"
    assert "Back to the results" in button_labels(page)


# Nothing found --------------------------------------------------------------------------------------------------------


async def test_nothing_is_said_to_be_nothing(world: World) -> None:
    awa = await world.join(AWA)
    found = await look(world, awa, "zzyzx quokka", area="budgeting")
    t = texts("fr")
    assert t("Nothing found for “{query}”", query="zzyzx quokka") == found.embeds[0].title
    assert not found.embeds[0].fields
    assert t("Members also find people, webinars and each other's practices here.") in embed_text(found)
    page = reply(await awa.actor.select(found, ["key_area:budgeting"]))
    assert page.embeds[0].title == "Budgétisation sensible au genre"
    again = await look(world, awa, "zzyzx quokka", area="budgeting")
    everything = reply(await awa.actor.click(again, label=t("Search everything")))
    assert t("Search everything") not in button_labels(everything)


async def test_a_near_match_is_offered_as_what_it_is(world: World) -> None:
    found = await look(world, world.owner, "quokka budgeting zzyzx")
    label = next((label for label in button_labels(found) if label.startswith("Did you mean: ")), None)
    assert label is not None
    assert "Nothing found" in embed_text(found)
    tried = reply(await world.owner.actor.click(found, label=label))
    assert label.removeprefix("Did you mean: ") in embed_text(tried)
    assert tried.embeds[0].fields


# Sharing --------------------------------------------------------------------------------------------------------------


async def test_sharing_posts_the_same_page_and_mentions_nobody(world: World) -> None:
    awa, lucia = await world.join(AWA), await world.join(LUCIA)
    general, t = world.channel("general"), texts("fr")
    first = await look(world, awa, "violence contre les femmes")
    second = reply(await awa.actor.click(first, label=t("Next")))
    text, shared_before = embed_text(second), len(general.history())
    after = reply(await awa.actor.click(second, label=t("Share here")))
    [post] = general.history()[shared_before:]
    assert post.content == t("Shared by {person}", person=f"<@{awa.id}>")
    assert embed_text(post) == text
    [sent] = [request for request in world.env.http_requests if request.path == f"/channels/{general.id}/messages"]
    payload: Any = sent.json
    assert payload["allowed_mentions"] == {"parse": []}
    assert t("Shared") in button_labels(after)
    assert embed_text(after) == text
    # Anyone reads on from there, each for themselves and in their own language.
    await world.restart()
    read = reply(await lucia.actor.click(post, label=t("Read on in private")))
    assert read.ephemeral
    assert texts("es")("Page {page} of {pages}", page=2, pages="") in embed_text(read)
    assert embed_text(general.history()[-1]) == text


async def test_those_who_may_not_write_here_share_nothing(world: World) -> None:
    awa = await world.join(AWA)
    t = texts("fr")
    silent = discord.PermissionOverwrite(send_messages=False)
    notices = world.guild.create_text_channel("notices", overwrites={world.guild.default_role: silent})
    found = await look(world, awa, "violence", channel="notices")
    before = len(notices.history())
    said = reply(await awa.actor.click(found, label=t("Share here")))
    assert said.content == t("You may not write in this channel, so nothing was shared.")
    assert len(notices.history()) == before


async def test_where_the_bot_may_not_write_it_says_so(world: World) -> None:
    general = world.channel("general")
    found = await look(world, world.owner, "violence")
    me = world.guild.me
    assert me is not None
    channel = bot_of(world).get_channel(general.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.set_permissions(me, send_messages=False, view_channel=True)
    await world.env.settle()
    before = len(general.history())
    said = reply(await world.owner.actor.click(found, label="Share here"))
    assert said.content == "Convenor may not post in this channel, so nothing was shared."
    assert len(general.history()) == before


# What is the community's own ------------------------------------------------------------------------------------------


async def test_visitors_do_not_find_what_is_for_members(world: World) -> None:
    aino, awa = await member(world, AINO), await world.join(AWA)
    made = await webinar(world, "Costing quokka prevention")
    assert options(await look(world, aino, "costing quokka prevention")) == [f"webinar:{made.id}"]
    nothing = await look(world, awa, "costing quokka prevention")
    assert not nothing.embeds[0].fields
    assert f"webinar:{made.id}" not in options(nothing)
    refused = await look(world, awa, "Aino", kind="member")
    assert refused.content == texts("fr")(
        "People are shown to members only. Press the button in the welcome channel to become one."
    )
    forged = reply(await forge(awa, await look(world, awa, "violence"), f"lookup:card:webinar:{made.id}"))
    assert forged.content == not_found("fr")


async def test_a_webinar_shows_when_it_is_and_never_its_link(world: World) -> None:
    aino = await member(world, AINO)
    made = await webinar(world, "Costing quokka prevention")
    found = await look(world, aino, "costing quokka prevention")
    assert discord.utils.format_dt(made.starts_at, "F") in embed_text(found)
    card = reply(await aino.actor.select(found, [f"webinar:{made.id}"]))
    assert "60 minutes" in embed_text(card)
    assert "meet.example.org" not in embed_text(found) + embed_text(card)


async def test_what_is_for_members_is_not_shared_where_visitors_read(world: World) -> None:
    aino = await member(world, AINO)
    made = await webinar(world, "Costing quokka prevention")
    found = await look(world, aino, "costing quokka prevention")
    before = len(world.channel("general").history())
    said = reply(await aino.actor.click(found, label="Share here"))
    assert said.content == "Visitors read this channel, and only members may see that. Nothing was shared."
    card = reply(await aino.actor.select(found, [f"webinar:{made.id}"]))
    said = reply(await aino.actor.click(card, label="Share here"))
    assert said.content == "Visitors read this channel, and only members may see that. Nothing was shared."
    assert len(world.channel("general").history()) == before
    inside = await look(world, aino, "costing quokka prevention", channel="webinars")
    members_only = world.channel("webinars")
    before = len(members_only.history(viewer=aino.actor))
    await aino.actor.click(inside, label="Share here")
    posts = members_only.history(viewer=aino.actor)[before:]
    assert [post.content for post in posts] == [f"Shared by <@{aino.id}>"]


async def test_members_find_those_who_agreed_to_be_found(world: World) -> None:
    awa = await member(world, AWA, offers="Quokka **handling** [x](https://evil.example)")
    aino = await member(world, AINO, directory=False, offers="Quokka tracking")
    await world.env.settle()
    found = await look(world, aino, "quokka", kind="member")
    assert len(options(found)) == 1
    name, value = first_of(found)
    assert name == "1. Awa Ndiaye"
    assert "Commissaire · Police nationale · Senegal" in value
    card = reply(await aino.actor.select(found, options(found)))
    text = embed_text(card)
    assert f"<@{awa.id}>" in text
    assert "French, English" in text
    assert "Quokka \\*\\*handling\\*\\*" in text
    assert not MASKED.search(text)
    # Who leaves is gone at once, from an answer that is still open too.
    back = reply(await aino.actor.click(card, label="Back to the results"))
    await world.leave(awa)
    gone = reply(await aino.actor.select(back, options(back)))
    assert gone.content == not_found("en")


async def test_a_members_practice_is_found_by_members_with_its_thread(world: World) -> None:
    awa, lucia = await member(world, AWA), await world.join(LUCIA)
    posted = await practice(world, awa)
    found = await look(world, awa, "quokka patrols")
    assert options(found)[0] == f"practice:{posted.id}"
    name, value = first_of(found)
    assert name == "1. Quokka patrols at night"
    assert f"<#{posted.thread_id}>" in value
    t = texts("fr")
    assert t("From the Network's brochure, not reviewed") not in value
    card = reply(await awa.actor.select(found, [f"practice:{posted.id}"]))
    assert "Streets were empty at night." in embed_text(card)
    assert t("Risks and safeguards") in embed_text(card)
    assert f"<@{awa.id}>" in embed_text(card)
    assert t.in_context("stage", "Pilot") in embed_text(card)
    assert f"practice:{posted.id}" not in options(await look(world, lucia, "quokka patrols"))
    area = reply(await awa.actor.slash(world.channel("general"), "keyarea", area="budgeting"))
    assert f"Quokka patrols at night (Sénégal) <#{posted.thread_id}>" in embed_text(area)
    area = reply(await lucia.actor.slash(world.channel("general"), "keyarea", area="budgeting"))
    assert "Quokka" not in embed_text(area)


async def test_what_was_written_does_not_act(world: World) -> None:
    aino = await member(world, AINO)
    await webinar(
        world,
        "@everyone **Quokka** [click](https://evil.example)",
        description="<@&1> @here \u202eevil\u200b [x](https://evil.example)",
    )
    found = await look(world, aino, "quokka click")
    text = embed_text(found)
    assert "Quokka" in text
    assert "@everyone" not in text
    assert "@here" not in text
    assert not MASKED.search(text)
    assert "\u202e" not in text


# What people type -----------------------------------------------------------------------------------------------------


async def test_an_empty_query_is_told_apart_from_nothing_found(world: World) -> None:
    awa = await world.join(AWA)
    for query in (" ", "\u200b\u200b", "\u202e \u2066", "\n\n"):
        said = await look(world, awa, query)
        assert said.content == texts("fr")("Type a word or two to look for.")


HOSTILE = (
    "police " * 571,
    "x" * 4000,
    "😀" * 200,
    'AND OR NOT ( ) "unclosed',
    "title:police^5 ~2 *",
    "[a-z]+(.*)$ \\",
    "'; DROP TABLE resource; --",
    "الشرطة والنوع الاجتماعي",
    "\u202eecilop\u202c \u2067x",
    "@everyone <@&1> [masked](https://evil.example)",
    "~d12",
    "a:b:c~d5",
    "# heading\n> quote\n- list",
)


async def test_a_hostile_query_gets_a_normal_answer(world: World) -> None:
    for query in HOSTILE:
        found = await look(world, world.owner, query)
        text = all_text(found)
        assert found.embeds, query
        assert "@everyone" not in text
        assert not MASKED.search(text)
        assert not any(mark in text for mark in "\u202e\u202c\u2067")
        if len(" ".join(query.split())) > 300:
            assert "only its first 300 characters" in text
        if has(found, "lookup:share"):
            # What a button carries is read again as it was written.
            key, title = the(found, "lookup:share").removeprefix("lookup:share:0:"), found.embeds[0].title
            again = reply(await forge(world.owner, found, f"lookup:page:0:{key}"))
            assert again.embeds[0].title == title


# Autocomplete ---------------------------------------------------------------------------------------------------------


async def test_titles_are_suggested_in_the_persons_language(world: World) -> None:
    awa = await world.join(AWA)
    general = world.channel("general")
    offered = await awa.actor.autocomplete(general, "lookup", "query", "interven soc")
    assert offered[0]["name"] == "Des intervenants sociaux dans les commissariats"
    many = await awa.actor.autocomplete(general, "lookup", "query", "police")
    assert 1 < len(many) <= 25
    assert all(0 < len(choice["name"]) <= 100 and 0 < len(choice["value"]) <= 100 for choice in many)
    for choice in many[:8]:
        assert embed_text(await look(world, awa, choice["value"])).count("1. ")


async def test_suggestions_hold_nothing_that_is_not_the_persons_to_see(world: World) -> None:
    aino, awa = await member(world, AINO), await world.join(AWA)
    await webinar(world, "Costing quokka prevention")
    general = world.channel("general")
    assert [each["name"] for each in await aino.actor.autocomplete(general, "lookup", "query", "quokk")] == [
        "Costing quokka prevention"
    ]
    assert not await awa.actor.autocomplete(general, "lookup", "query", "quokk")


async def test_countries_are_suggested_in_the_persons_language(world: World) -> None:
    awa = await world.join(AWA)
    offered = await awa.actor.autocomplete(world.channel("general"), "lookup", "country", "pay")
    assert {"name": "Pays-Bas", "value": "NL"} in offered
    offered = await world.owner.actor.autocomplete(world.channel("general"), "lookup", "country", "pays-b")
    assert offered == [{"name": "Netherlands", "value": "NL"}]
