"""Moderators decide: once, with all there is to know, and never on themselves."""

import pytest
from simcord.results import ResponseMessage

from bot.demo.world import Person, Persona, World
from tests import forging
from tests.act import all_text, button_labels, components, embed_text, fields, reply
from tests.onboarding.acting import (
    AINO,
    AWA,
    JOAO,
    LUCIA,
    WHO,
    apply,
    approve,
    cards,
    custom_id,
    decline,
    has,
    moderator,
    posts,
    press,
    start,
)

REASON = "Please write from your service's address. @everyone [x](https://evil.example)"


async def own_copy(world: World, by: Person) -> ResponseMessage:
    """A moderator's own copy of the only card in the queue."""
    queue = reply(await by.actor.slash(world.channel("moderators"), "onboarding queue"))
    [menu] = [item for item in components(queue) if item.get("options")]
    opened = await by.actor.select(queue, [menu["options"][0]["value"]], custom_id="onboarding:open")
    return reply(opened)


async def test_the_card_shows_all_there_is_to_decide(world: World) -> None:
    awa = await world.join(AWA)
    await apply(world, awa)
    [card] = cards(world, awa)
    text = embed_text(card)
    for said in ("Awa Ndiaye", "Senegal", "Police nationale", "Commissaire", "Gender-responsive leadership", "English"):
        assert said in text
    assert "The Discord account is new." in text
    assert button_labels(card) == ["Approve", "Ask a question", "Decline"]


async def test_approval_opens_the_doors_and_is_told_in_the_welcome_channel(world: World) -> None:
    joao = await world.join(JOAO)
    await apply(world, joao)
    await world.restart()
    done = await approve(world, joao)
    assert button_labels(reply(done)) == []
    [card] = cards(world, joao)
    assert "approved" in (card.embeds[0].title or "")
    assert f"<@{world.owner.id}>" in embed_text(card)
    assert world.role_names(joao) == ["Member", "Capacity", "Leadership"]
    [told] = posts(world, "welcome", "seu pedido foi aprovado")
    assert [user.id for user in told.mentions] == [joao.id]
    own = await press(joao, told, "profile:see")
    assert "João Lima" in embed_text(reply(own))
    again = await start(world, joao)
    assert reply(again).content.startswith("Você já é membro.")


async def test_a_decline_is_told_to_the_person_alone_and_can_be_answered(world: World) -> None:
    awa = await world.join(AWA)
    await apply(world, awa)
    done = await decline(world, awa, REASON)
    assert "declined" in (reply(done).embeds[0].title or "")
    [card] = cards(world, awa)
    assert "service's address" in embed_text(card)
    assert world.role_names(awa) == []

    [private] = [message for message in awa.user.dm_channel.history() if message.author.bot]
    assert "Votre demande d’adhésion à The Network n’a pas été approuvée." in private.content
    assert "service's address" in private.content
    assert "@everyone" not in private.content
    way = await awa.user.click(private, custom_id=custom_id(private, "onboarding:where"))
    assert f"/channels/{world.guild.id}/{world.channel('welcome').id}" in reply(way).content
    for channel in ("welcome", "introductions", "general"):
        assert posts(world, channel, "service's address") == []

    told = reply(await start(world, awa))
    assert told.ephemeral
    assert "n’a pas été approuvée" in told.content
    assert "service's address" in told.content
    assert "](https" not in told.content.replace("\\](", "")
    summary = reply(await awa.actor.click(told, label="Corriger et renvoyer"))
    await press(awa, summary, "onboarding:send")
    assert button_labels(cards(world, awa)[-1]) == ["Approve", "Ask a question", "Decline"]
    await approve(world, awa)
    assert "Member" in world.role_names(awa)


async def test_with_direct_messages_closed_the_welcome_button_tells(world: World) -> None:
    awa = await world.join(AWA)
    await apply(world, awa)
    dm = awa.user.dm_channel.id
    world.env.inject_error("POST", f"/channels/{dm}/messages", status=403, code=50007, times=None)
    await decline(world, awa, REASON)
    [alert] = posts(world, "moderators", "could not go out")
    assert "accepts no direct messages" in all_text(alert)
    assert "service's address" in reply(await start(world, awa)).content


async def test_of_two_moderators_one_decides_and_the_other_is_told(world: World) -> None:
    awa, mira = await world.join(AWA), await moderator(world)
    await apply(world, awa)
    first, second = await own_copy(world, world.owner), await own_copy(world, mira)
    await press(world.owner, first, "onboarding:approve")
    assert button_labels(cards(world, awa)[0]) == [], "the card in the channel follows"
    late = reply(await press(mira, second, "onboarding:approve"))
    assert late.content.startswith(f"<@{world.owner.id}> approved this request already")
    too_late = reply(await press(mira, second, "onboarding:decline"))
    assert too_late.content.startswith(f"<@{world.owner.id}> approved this request already")
    assert len(posts(world, "introductions")) == 1
    assert len(posts(world, "welcome", "votre demande est acceptée")) == 1


async def test_a_reason_written_too_late_is_not_taken(world: World) -> None:
    awa, mira = await world.join(AWA), await moderator(world)
    await apply(world, awa)
    form = await press(mira, cards(world, awa)[0], "onboarding:decline")
    await approve(world, awa)
    late = reply(await mira.actor.submit_modal(form, {"reason": "No."}))
    assert "approved this request already" in late.content
    assert "Member" in world.role_names(awa)


async def test_nobody_decides_on_their_own_request(world: World) -> None:
    owner = world.owner
    mira = await moderator(world)
    await apply(world, mira)
    refused = reply(await approve(world, mira, by=mira))
    assert refused.content == "Nobody decides on their own request. Another moderator has to."
    command = await mira.actor.slash(world.channel("moderators"), "onboarding approve", member=mira.actor)
    assert "Nobody decides" in reply(command).content
    assert button_labels(cards(world, mira)[0]) == ["Approve", "Ask a question", "Decline"]
    await approve(world, mira, by=owner)
    assert "Member" in world.role_names(mira)


async def test_moderators_buttons_and_commands_are_not_for_members(world: World) -> None:
    awa, mira, lucia = await world.join(AWA), await moderator(world), await world.join(LUCIA)
    await apply(world, awa)
    world.env.backend.remove_member_role(world.guild.id, mira.id, world.guild.roles["Moderator"].id)
    await world.env.settle()
    general = world.channel("welcome")
    refused = await mira.actor.slash(general, "onboarding queue")
    assert reply(refused).content == "This is for the moderators of this community."
    for command, options in (
        ("onboarding queue", {}),
        ("onboarding approve", {"member": awa.actor}),
        ("onboarding decline", {"member": awa.actor, "reason": "no"}),
    ):
        refused = await lucia.actor.slash(general, command, **options)
        assert reply(refused).content == "Esto es para el equipo de moderación de esta comunidad."
        assert refused.ephemeral
    assert "Member" not in world.role_names(awa)


async def test_a_moderators_button_in_the_wrong_hands(world: World) -> None:
    """A card copied into a channel that everyone reads."""
    awa, lucia = await world.join(AWA), await world.join(LUCIA)
    await apply(world, awa)
    [card] = cards(world, awa)
    stored = world.env.backend.get_message(card.channel.id, card.id)
    [shown] = posts(world, "welcome", f"<@{lucia.id}>")
    world.env.backend.get_message(shown.channel.id, shown.id).components = stored.components
    refused = await press(lucia, posts(world, "welcome", f"<@{lucia.id}>")[0], "onboarding:approve")
    assert reply(refused).content == "Esto es para el equipo de moderación de esta comunidad."
    assert "Member" not in world.role_names(awa)


async def test_a_decision_pressed_on_another_message_rewrites_nothing_that_others_read(world: World) -> None:
    awa = await world.join(AWA)
    await apply(world, awa)
    [card] = cards(world, awa)
    [welcome] = posts(world, "welcome", f"<@{awa.id}>")
    told = reply(await forging.press(world, world.owner, welcome, custom_id(card, "onboarding:approve")))
    assert "approved" in embed_text(told)
    assert told.ephemeral
    [after] = [message for message in posts(world, "welcome") if message.id == welcome.id]
    assert not after.embeds or "Police nationale" not in embed_text(after)
    assert after.content == welcome.content
    assert "approved" in embed_text(cards(world, awa)[0]), "the card itself is brought up to date"


@pytest.mark.parametrize("forged", ["onboarding:approve:{n}:1", "profile:see:{n}", "onboarding:roles:{n}"])
@pytest.mark.parametrize("n", ["999", "abc", "-1", "1" * 30, "٣"])
async def test_a_forged_button_finds_nothing(world: World, forged: str, n: str) -> None:
    awa = await world.join(AWA)
    [shown] = posts(world, "welcome", f"<@{awa.id}>")
    stored = world.env.backend.get_message(shown.channel.id, shown.id)
    stored.components[0]["components"][0]["custom_id"] = forged.format(n=n)
    [shown] = posts(world, "welcome", f"<@{awa.id}>")
    result = await world.owner.actor.click(shown, custom_id=forged.format(n=n))
    assert reply(result).content == "That is not here any more, or it is not open to you."


async def test_an_old_copy_of_a_changed_request_is_not_decided_on(world: World) -> None:
    awa = await world.join(AWA)
    sent = reply(await apply(world, awa))
    copy = await own_copy(world, world.owner)
    summary = reply(await press(awa, sent, "profile:edit"))
    shown = await press(awa, summary, "open:onboarding:who")
    summary = reply(await awa.actor.submit_modal(shown, {**WHO, "organisation": "Interpol"}))
    await press(awa, summary, "onboarding:send")
    stale = reply(await press(world.owner, copy, "onboarding:approve"))
    assert stale.content.startswith("This request has changed since.")
    assert "Member" not in world.role_names(awa)


async def test_the_queue_in_commands(world: World) -> None:
    desk, owner = world.channel("moderators"), world.owner.actor
    assert reply(await owner.slash(desk, "onboarding queue")).content == "Nobody waits for a decision."
    awa, aino, lucia = await world.join(AWA), await world.join(AINO), await world.join(LUCIA)
    nothing = await owner.slash(desk, "onboarding approve", member=lucia.actor)
    assert reply(nothing).content == "Lucía Rojas has not sent the form yet."
    await apply(world, awa)
    await apply(world, aino, who={"country": "Finland"})
    queue = embed_text(reply(await owner.slash(desk, "onboarding queue")))
    assert "2 requests to join" in queue
    assert queue.index("Awa Ndiaye") < queue.index("Aino Virtanen")
    done = await owner.slash(desk, "onboarding approve", member=awa.actor)
    assert "approved" in embed_text(reply(done))
    assert button_labels(cards(world, awa)[0]) == []
    refused = await owner.slash(desk, "onboarding decline", member=aino.actor, reason=" \u200b ")
    assert reply(refused).content == "Please write a reason: the person will read it."
    refused = await owner.slash(desk, "onboarding decline", member=aino.actor, reason="x" * 501)
    assert "501 characters, and 500 fit" in reply(refused).content
    await owner.slash(desk, "onboarding decline", member=aino.actor, reason="Not yet.")
    assert "Not yet." in embed_text(cards(world, aino)[0])
    assert reply(await owner.slash(desk, "onboarding queue")).content == "Nobody waits for a decision."


async def test_a_long_queue_has_pages(world: World) -> None:
    for number in range(11):
        person = await world.join(Persona(f"p{number}", f"Person {number}", "en-GB"))
        await apply(world, person)
    queue = await world.owner.actor.slash(world.channel("moderators"), "onboarding queue")
    assert "Person 9" in embed_text(reply(queue))
    assert "Person 10" not in embed_text(reply(queue))
    more = reply(await world.owner.actor.click(reply(queue), label="More"))
    assert "Person 10" in embed_text(more)
    back = reply(await world.owner.actor.click(more, label="Back"))
    assert "Person 0" in embed_text(back)


async def test_an_empty_reason_is_refused_and_the_form_comes_back(world: World) -> None:
    awa = await world.join(AWA)
    await apply(world, awa)
    refused = reply(await decline(world, awa, "  \u200b "))
    assert refused.content == "Please write a reason: the person will read it."
    again = await world.owner.actor.click(refused, label="Correct and send again")
    assert "reason" in fields(again)
    await world.owner.actor.submit_modal(again, {"reason": "A reason."})
    assert "A reason." in embed_text(cards(world, awa)[0])


async def test_who_left_cannot_be_decided_on(world: World) -> None:
    awa = await world.join(AWA)
    await apply(world, awa)
    copy = await own_copy(world, world.owner)
    await world.leave(awa)
    [card] = cards(world, awa)
    assert "has left the server" in all_text(card)
    assert not has(card, "onboarding:approve")
    assert reply(await press(world.owner, copy, "onboarding:approve")).content == "This person has left the server."
