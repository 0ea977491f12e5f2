"""A profile: seen by those who may, changed by its owner, gone with them."""

from bot.demo.world import World
from tests import forging
from tests.act import all_text, button_labels, embed_text, fields, reply
from tests.onboarding.acting import (
    AINO,
    AWA,
    LUCIA,
    WHO,
    WORK,
    apply,
    approve,
    cards,
    custom_id,
    decline,
    member,
    moderator,
    posts,
    press,
    start,
    welcomes,
)


async def test_who_sees_a_profile(world: World) -> None:
    room = world.channel("welcome")
    awa, lucia = await member(world, AWA), await world.join(LUCIA)
    none = await lucia.actor.slash(room, "profile view")
    assert reply(none).content == "Aún no tiene perfil. Puede crearlo con /perfil editar."
    visitor = await lucia.actor.slash(room, "profile view", member=awa.actor)
    assert reply(visitor).content.startswith("Esto es solo para miembros.")
    aino = await member(world, AINO)
    seen = await aino.actor.slash(room, "profile view", member=awa.actor)
    assert "Police nationale" in embed_text(reply(seen))
    assert seen.ephemeral
    nobody = await aino.actor.slash(room, "profile view", member=lucia.actor)
    assert reply(nobody).content == "That is not here any more, or it is not open to you."
    own = await awa.actor.slash(room, "profile view")
    assert "Sénégal" in embed_text(reply(own))


async def test_who_does_not_agree_is_seen_by_moderators_alone_and_not_introduced(world: World) -> None:
    room = world.channel("welcome")
    awa = await world.join(AWA)
    await apply(world, awa, work={"directory": ["no"]})
    assert "there will be no introduction" in embed_text(cards(world, awa)[0])
    await approve(world, awa)
    assert posts(world, "introductions") == []
    aino = await member(world, AINO)
    hidden = await aino.actor.slash(room, "profile view", member=awa.actor)
    assert reply(hidden).content == "That is not here any more, or it is not open to you."
    seen = await world.owner.actor.slash(room, "profile view", member=awa.actor)
    assert "Other members do not see this profile." in embed_text(reply(seen))

    summary = reply(await awa.actor.slash(room, "profile edit"))
    shown = await press(awa, summary, "open:onboarding:work")
    summary = reply(await awa.actor.submit_modal(shown, {**WORK, "directory": ["yes"]}))
    await press(awa, summary, "onboarding:send")
    assert len(posts(world, "introductions", f"<@{awa.id}>")) == 1, "now they agree"
    seen = await aino.actor.slash(room, "profile view", member=awa.actor)
    assert "Police nationale" in embed_text(reply(seen))


async def test_a_change_takes_effect_at_once(world: World) -> None:
    awa, room = await member(world, AWA), world.channel("introductions")
    summary = reply(await awa.actor.slash(room, "profile edit"))
    assert button_labels(summary)[0] == "Enregistrer"
    shown = await press(awa, summary, "open:onboarding:who")
    assert fields(shown)["role"]["value"] == "Commissaire"
    summary = reply(await awa.actor.submit_modal(shown, {**WHO, "role": "Directrice générale"}))
    saved = reply(await press(awa, summary, "onboarding:send"))
    assert saved.content == "Votre profil est enregistré. Les membres le voient tel qu’il est maintenant."
    aino = await member(world, AINO)
    [introduction] = posts(world, "introductions", f"<@{awa.id}>")
    seen = await press(aino, introduction, "profile:see")
    assert "Directrice générale" in embed_text(reply(seen))
    assert len(cards(world, awa)) == 1, "nothing to decide"


async def test_another_country_is_looked_at_again(world: World) -> None:
    awa, aino, room = await member(world, AWA), await member(world, AINO), world.channel("introductions")
    choices = await awa.actor.autocomplete(room, "profile edit", "country", "chi")
    assert {"name": "Chili", "value": "CL"} in choices
    summary = reply(await awa.actor.slash(room, "profile edit", country="CL"))
    assert "Chili" in embed_text(summary)
    saved = reply(await press(awa, summary, "onboarding:send"))
    assert "vous gardez votre accès" in saved.content
    assert "Member" in world.role_names(awa)
    hidden = await aino.actor.slash(room, "profile view", member=awa.actor)
    assert "not here any more" in reply(hidden).content
    card = cards(world, awa)[-1]
    assert "Already a member" in embed_text(card)
    await approve(world, awa)
    assert len(posts(world, "welcome", "votre profil modifié a été confirmé")) == 1
    assert len(posts(world, "introductions", f"<@{awa.id}>")) == 1, "introduced once"
    seen = await aino.actor.slash(room, "profile view", member=awa.actor)
    assert "Chile" in embed_text(reply(seen))


async def test_a_change_that_is_not_accepted_takes_the_roles(world: World) -> None:
    awa, room = await member(world, AWA), world.channel("introductions")
    summary = reply(await awa.actor.slash(room, "profile edit", country="Chili"))
    await press(awa, summary, "onboarding:send")
    await decline(world, awa, "We could not confirm it.")
    assert world.role_names(awa) == []
    assert "We could not confirm it." in reply(await start(world, awa)).content


async def test_an_unknown_country_in_the_command_is_said(world: World) -> None:
    awa, room = await member(world, AWA), world.channel("introductions")
    asked = reply(await awa.actor.slash(room, "profile edit", country="Sénégall"))
    assert "aucun pays appelé «\u00a0Sénégall\u00a0»" in asked.content
    summary = reply(await awa.actor.select(asked, ["SN"], custom_id="onboarding:country"))
    assert "Commissaire" in embed_text(summary)


async def test_changes_can_be_discarded(world: World) -> None:
    awa, room = await member(world, AWA), world.channel("introductions")
    summary = reply(await awa.actor.slash(room, "profile edit", country="CL"))
    gone = reply(await awa.actor.click(summary, label="Abandonner les modifications"))
    assert gone.content == "Les modifications sont abandonnées. Votre profil reste tel qu’il était."
    assert "Sénégal" in embed_text(reply(await awa.actor.slash(room, "profile edit")))


async def test_who_has_no_profile_begins_one_with_the_command(world: World) -> None:
    lucia = await world.join(LUCIA)
    shown = await lucia.actor.slash(world.channel("welcome"), "profile edit", country="PE")
    assert shown.modal is not None
    assert shown.modal["title"] == "Quién es usted (1 de 2)"
    assert fields(shown)["country"]["value"] == "Perú"


async def test_a_moderator_without_profile_is_told_so(world: World) -> None:
    mira = await moderator(world)
    shown = await mira.actor.slash(world.channel("moderators"), "profile view")
    assert reply(shown).content == "You have no profile yet. /profile edit makes one."


async def test_who_leaves_is_hidden_at_once_and_may_come_back(world: World) -> None:
    awa, aino = await member(world, AWA), await member(world, AINO)
    [introduction] = posts(world, "introductions", f"<@{awa.id}>")
    await world.leave(awa)
    assert posts(world, "introductions", f"<@{awa.id}>") == []
    gone = await forging.press(world, aino, welcomes(world, aino)[0], custom_id(introduction, "profile:see"))
    assert reply(gone).content == "That is not here any more, or it is not open to you."
    world.guild.add_member(awa.user)
    await world.env.settle()
    assert len(welcomes(world, awa)) >= 1
    summary = reply(await start(world, awa))
    assert "Commissaire" in all_text(summary), "filled with what they said before"
    await press(awa, summary, "onboarding:send")
    assert button_labels(cards(world, awa)[-1]) == ["Approve", "Ask a question", "Decline"]


async def test_who_left_while_the_bot_was_away_is_hidden_when_it_is_back(world: World) -> None:
    awa, aino = await member(world, AWA), await member(world, AINO)
    [introduction] = posts(world, "introductions", f"<@{awa.id}>")
    await world.env.bot.close()
    world.env.backend.remove_member(world.guild.id, awa.id)
    await world.env.restart_bot(world.make_bot())
    await world.env.settle()
    assert posts(world, "introductions", f"<@{awa.id}>") == []
    gone = await forging.press(world, aino, welcomes(world, aino)[0], custom_id(introduction, "profile:see"))
    assert "not here any more" in reply(gone).content
    still = await aino.actor.slash(world.channel("welcome"), "profile view")
    assert "Aino Virtanen" in embed_text(reply(still))
