"""Rules of Discord's AutoMod: what they hold back, and how moderators switch them."""

import re

import discord

from bot.demo.world import World
from bot.languages import LANGUAGES, texts
from cogs.setup.shields import ALLOWED, CONTACTS, DOCUMENTS, shields
from tests.act import button_labels, embed_text, reply
from tests.onboarding.acting import press

HELD_BACK = """+47 912 34 567|00227 90 18 44 02|+250 788 123 456|06 12 34 56 78|0612345678|77 412 09 85|634 120 977
987 654 021|(51) 99812-4407|11 97234-8810|9 8123 4470|0721 550 138|070-123 45 67|call +33 (0)6 12 34 56 78 now
l.vargas.q@gmail.com|mira@protonmail.com|jane dot doe [at] gmail dot com|flor88 arroba bol ponto com
a.ndiaye arobase yahoo point fr
449.590.187-71|17.342.118-9|62055859L|Z5397637W|970821-3336|040880-492J|296031347140549|NL91 ABNA 0417 1643 00
5004321-17.2024.8.21.0001|FG-482-KL|RAD 812 K|IXB4C27|4821 KLM|56.9496, 24.1052"""
LEFT_ALONE = """Call 112, 116 006 or 3919 at any time.|Ligue 180 ou 190.|Le 3919 et le 17|Law 11.340/2006 and Ley 21.675
loi n° 2014-873 du 4 août 2014|From 14 to 15 May 2024, 14:00-15:30.|199.282 denuncias, 10,2 %
1 204 femmes en 2022|12 345,50 EUR
contact@gendarmerie.interieur.gouv.fr|info@unwomen.org|A/RES/65/228 and S/RES/1325 (2000)
2020-2024|Step 1, 2, 3; page 14
https://discord.com/channels/123456789012345678/223456789012345678|<@123456789012345678>|Kigali, 25 November 2023"""


def test_the_rules_hold_back_what_tells_who_somebody_is_and_fit_into_what_discord_takes() -> None:
    # Rust reads no looking around and no reference back; all else here it reads as Python does.
    patterns = [re.compile(pattern) for pattern in (*CONTACTS, *DOCUMENTS)]
    for rule in (CONTACTS, DOCUMENTS):
        assert len(rule) <= 10
        assert all(len(pattern) <= 260 and not re.search(r"\(\?[=!<P]|\\[1-9Z]", pattern) for pattern in rule)
    assert len(ALLOWED) <= 100
    assert all(len(word) <= 60 for word in ALLOWED)
    missed = [text for text in re.split(r"[|\n]", HELD_BACK) if not any(one.search(text) for one in patterns)]
    false = [text for text in re.split(r"[|\n]", LEFT_ALONE) if any(one.search(text) for one in patterns)]
    assert (missed, false) == ([], [])
    for language in LANGUAGES:
        for shield in shields(texts(language)):
            assert len(shield.name) <= 100
            assert len(shield.said) <= 150


async def test_moderators_switch_the_rules_on_and_off_by_a_button(world: World) -> None:
    owner, backend = world.owner, world.env.backend
    invitation = next(role for role in backend.guilds[world.guild.id].roles.values() if role.managed)

    def granted(manage: bool) -> None:
        was = discord.Permissions(invitation.permissions)
        was.update(manage_guild=manage, administrator=False)
        backend.edit_role(world.guild.id, invitation.id, {"permissions": was.value})

    rules = backend.guilds[world.guild.id].auto_mod_rules
    plan = reply(await owner.actor.slash(world.channel("general"), "setup"))
    granted(False)
    await world.env.settle()
    shown = reply(await press(owner, plan, "setup:automod:show"))
    assert "needs the permission Manage Server" in embed_text(shown)
    assert button_labels(shown) == ["Switch on"]
    refused = reply(await press(owner, shown, "setup:automod:on"))
    assert "needs the permission Manage Server" in refused.content + embed_text(refused)
    assert not rules

    granted(True)
    backend.create_auto_mod_rule(
        world.guild.id,
        owner.id,
        {"name": "Theirs", "event_type": 1, "trigger_type": 1, "trigger_metadata": {"keyword_filter": ["spam"]}},
    )
    await world.env.settle()
    on = reply(await press(owner, shown, "setup:automod:on"))
    assert "2 rules are on." in embed_text(on)
    assert button_labels(on) == ["Switch off"]
    contacts = next(rule for rule in rules.values() if "phone" in rule.name)
    assert contacts.trigger_metadata["regex_patterns"] == list(CONTACTS)
    assert [action["type"] for action in contacts.actions] == [1, 2]
    assert int(contacts.actions[1]["metadata"]["channel_id"]) == world.channel("moderators").id
    assert contacts.exempt_roles == [world.guild.roles["Moderator"].id]
    # Again: nothing twice, and what somebody changed is put right.
    contacts.enabled = False
    again = reply(await press(owner, shown, "setup:automod:on"))
    assert "2 rules are on." in embed_text(again)
    assert len(rules) == 3
    off = reply(await press(owner, again, "setup:automod:off"))
    assert "The rules are off" in embed_text(off)
    assert [rule.name for rule in rules.values()] == ["Theirs"], "those of the server stay"
