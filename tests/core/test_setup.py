"""`/setup`, as the owner of a server uses it."""

import discord
import pytest

from bot.demo.world import Persona, World
from bot.languages import LANGUAGES, texts
from bot.permissions import needed
from cogs.setup.plan import tags_of, wanted
from tests.act import button_labels, embed_text, reply

MEMBER = Persona("awa", "Awa", "fr", "Africa/Dakar")


async def test_it_says_what_it_will_do_and_changes_nothing(bare_world: World) -> None:
    before = set(bare_world.guild.channels)
    shown = embed_text(reply(await bare_world.owner.actor.slash(bare_world.channel("general"), "setup")))
    assert "Nothing has been changed yet" in shown
    assert "#webinars (members see it)" in shown
    assert set(bare_world.guild.channels) == before


async def test_it_makes_what_it_said(world: World) -> None:
    names = set(world.guild.channels)
    assert {"welcome", "introductions", "webinars", "practices", "moderators", "practice-review"} <= names
    assert {"Moderator", "Member", "Webinar news", "Prevention"} <= set(world.guild.roles)
    forum = world.env.bot.get_channel(world.channel("practices").id)
    assert isinstance(forum, discord.ForumChannel)
    assert len(forum.available_tags) == 10


async def test_who_sees_what(world: World) -> None:
    newcomer = await world.join(MEMBER)

    def sees(name: str) -> bool:
        person = newcomer.actor.member
        channel = world.env.bot.get_channel(world.channel(name).id)
        assert person is not None
        assert isinstance(channel, discord.abc.GuildChannel)
        return channel.permissions_for(person).view_channel

    assert sees("welcome")
    assert not any(map(sees, ("introductions", "webinars", "practices", "moderators", "practice-review")))
    await world.give_role(newcomer, "Member")
    assert all(map(sees, ("introductions", "webinars", "practices")))
    assert not any(map(sees, ("moderators", "practice-review")))


async def test_running_it_again_repairs_what_is_gone_and_makes_nothing_twice(world: World) -> None:
    owner, general = world.owner.actor, world.channel("general")
    world.env.backend.delete_channel(world.channel("webinars").id)
    await world.env.settle()
    before = len(world.guild.channels)
    plan = reply(await owner.slash(general, "setup"))
    assert "#webinars" in embed_text(plan)
    await owner.click(plan, label="Set up the server")
    assert len(world.guild.channels) == before + 1
    again = reply(await owner.slash(general, "setup"))
    assert "Every channel and role is in place" in embed_text(again)
    await owner.click(again, label="Check again and repair")
    assert len(world.guild.channels) == before + 1


async def test_it_uses_the_channels_it_is_told_to(bare_world: World) -> None:
    owner, general = bare_world.owner.actor, bare_world.channel("general")
    news = bare_world.guild.create_text_channel("news")
    plan = reply(await owner.slash(general, "setup", webinars=news))
    await owner.click(plan, label="Set up the server")
    assert "webinars" not in bare_world.guild.channels
    assert f"<#{news.id}>" in embed_text(reply(await owner.slash(general, "setup")))


@pytest.mark.parametrize(
    "options, sentence",
    [
        ({"languages": "en xx"}, "Languages are en, fr, es and pt"),
        ({"zone": "Mars/Olympus"}, "That time zone is not known"),
    ],
)
async def test_what_it_refuses(bare_world: World, options: dict[str, str], sentence: str) -> None:
    result = await bare_world.owner.actor.slash(bare_world.channel("general"), "setup", **options)
    assert sentence in reply(result).content


async def test_a_private_channel_must_be_private(bare_world: World) -> None:
    general = bare_world.channel("general")
    result = await bare_world.owner.actor.slash(general, "setup", moderators_channel=general)
    assert "open to everyone" in reply(result).content


async def test_one_channel_cannot_serve_two_purposes(bare_world: World) -> None:
    general = bare_world.channel("general")
    result = await bare_world.owner.actor.slash(general, "setup", welcome=general, webinars=general)
    assert "two purposes" in reply(result).content


async def test_it_names_each_permission_that_is_missing(bare_world: World) -> None:
    granted = needed()
    granted.update(manage_channels=False, create_events=False)
    role = next(role for role in bare_world.env.backend.guilds[bare_world.guild.id].roles.values() if role.managed)
    role.permissions = granted.value
    bare_world.env.backend.announce_role_updates(bare_world.guild.id, [role])
    await bare_world.env.settle()
    owner = bare_world.owner.actor
    plan = reply(await owner.slash(bare_world.channel("general"), "setup"))
    shown = embed_text(plan)
    assert "Manage Channels" in shown
    assert "Create Events" in shown
    assert "Manage Roles" not in shown
    done = await owner.click(plan, label="Set up the server")
    assert "Could not be made" in embed_text(reply(done))
    assert "Member" in bare_world.guild.roles, "what can be made is made"


async def test_a_member_is_told_in_french_that_it_is_for_moderators(world: World) -> None:
    awa = await world.join(MEMBER)
    result = await awa.actor.slash(world.channel("general"), "setup")
    assert reply(result).content == "Ceci est réservé à l’équipe de modération de cette communauté."
    assert result.ephemeral


async def test_its_button_works_after_a_restart_and_only_for_moderators(bare_world: World) -> None:
    owner, general = bare_world.owner.actor, bare_world.channel("general")
    news = bare_world.guild.create_text_channel("news")
    plan = reply(await owner.slash(general, "setup", webinars=news))
    await bare_world.restart()
    assert "Set up the server" in button_labels(plan)
    await owner.click(plan, label="Set up the server")
    assert "practices" in bare_world.guild.channels
    assert "webinars" not in bare_world.guild.channels, "what was chosen before the restart still holds"


def test_names_fit_discord_in_every_language() -> None:
    for language in LANGUAGES:
        t = texts(language)
        names = [name for _, name in tags_of(t)]
        assert all(len(name) <= 20 for name in names), (language, names)
        assert len(set(names)) == len(names)
        parts = wanted(t)
        channels = [part.name for part in parts if not part.is_role]
        assert all(name == name.lower() and " " not in name for name in channels), (language, channels)
        assert len({part.name for part in parts}) == len(parts)
