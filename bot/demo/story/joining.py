"""Setting up a server, and becoming a member."""

from bot.demo import acting, writings
from bot.demo.acting import gist
from bot.demo.story.checks import (
    AWA,
    CATALINA,
    JUSSARA,
    LANGUAGES,
    TOMAS,
    Story,
    first_label,
    has,
    lacks,
    need,
    phrase,
    same,
    words,
)

CHANNELS = {"welcome", "introductions", "webinars", "practices", "moderators", "practice-review"}
REQUEST = "Your request was sent on {sent}, and the moderators will decide on it."
FORM = writings.APPLICATIONS[AWA.key]


async def set_up(story: Story) -> str:
    """The owner runs `/setup`."""
    world = story.world
    world.guild.create_text_channel("general")
    plan = acting.answer(await acting.command(world, story.maren, "setup"))
    has(plan, "Nothing has been changed yet.", *(f"#{name}" for name in CHANNELS))
    lacks(plan, "Permissions that are missing")
    same(set(world.guild.channels), {"general"}, "the channels before")
    done = acting.answer(await acting.press(story.maren, plan, "setup:perform"))
    has(done, "The server is set up")
    same(set(world.guild.channels), {"general", *CHANNELS}, "the channels after")
    need({"Moderator", "Member"} <= set(world.guild.roles), "the roles Moderator and Member", set(world.guild.roles))
    return f"{len(CHANNELS)} channels, and roles for moderators, members and key areas"


async def welcomed(story: Story) -> str:
    """A newcomer joins."""
    world = story.world
    awa = await world.join(AWA, pending=True)
    same(len(acting.posts(world, awa, "welcome")), 0, "posts before she has accepted the server's rules")
    await world.accept_rules(awa)
    found = acting.posts(world, awa, "welcome")
    same(len(found), 1, "posts once she has accepted them")
    [welcome] = found
    has(welcome, awa.actor.mention)
    for language in LANGUAGES:
        english = "Welcome to {community}! Press the button and say who you are: it takes two minutes."
        has(welcome, words(language, english, community=world.guild.name))
    need(awa.actor.mention in welcome.content, "a mention of her", welcome.content)
    same(story.enters(awa, "introductions"), False, "she enters #introductions")
    return f"#welcome greets {awa.name} in four languages, with a button “{first_label(welcome)}”"


async def applied(story: Story) -> str:
    """She fills the form in, in French."""
    world, awa = story.world, story.awa
    welcome = acting.newest(world, awa, "welcome", awa.actor.mention)
    shown = await acting.press(awa, welcome, "onboarding:start")
    same(acting.form_title(shown), words("fr", "Who you are (1 of 2)"), "the form's title")
    step = acting.answer(await acting.fill(awa, shown, FORM.who))
    shown = await acting.press(awa, step, "open:onboarding:work")
    same(acting.form_title(shown), words("fr", "What you work on (2 of 2)"), "the second form's title")
    summary = acting.answer(await acting.fill(awa, shown, FORM.work))
    has(summary, words("fr", "Is this right?"), "Sénégal", FORM.who["organisation"], FORM.work["offers"])
    same(len(acting.posts(world, story.maren, "moderators")), 0, "cards in #moderators before she sends it")
    sent = acting.answer(await acting.press(awa, summary, "onboarding:send"))
    has(
        sent,
        phrase(
            "fr",
            "Your request was sent on {sent}, and the moderators will decide on it. To see where it "
            "stands, press the button in the welcome channel.",
        ),
    )
    need(sent.ephemeral, "an answer that she alone sees", "one for all")
    return f"two forms, then {gist(acting.text_of(sent), 70)}"


async def approved(story: Story) -> str:
    """A moderator approves."""
    world, awa, maren = story.world, story.awa, story.maren
    card = acting.request_card(world, maren, awa)
    has(card, awa.name, "Senegal", FORM.who["organisation"])
    same(story.enters(awa, "moderators"), False, "she enters #moderators")
    same("Member" in world.role_names(awa), False, "she is a member before")
    await acting.press(maren, card, "onboarding:approve")
    need("Member" in world.role_names(awa), "the role Member", world.role_names(awa))
    same(story.enters(awa, "introductions"), True, "she enters #introductions")
    decided = acting.request_card(world, maren, awa)
    has(decided, "Request to join: approved")
    same(list(acting.controls(decided)), [], "buttons left on the card")
    has(
        acting.newest(world, awa, "welcome"),
        awa.actor.mention,
        phrase("fr", "{mention}, you are in. The members' channels are open to you now."),
    )
    return f"{awa.name} now has the roles {', '.join(sorted(world.role_names(awa)))}"


async def introduced(story: Story) -> str:
    """Her introduction appears."""
    found = acting.posts(story.world, story.awa, "introductions")
    same(len(found), 1, "posts in #introductions")
    has(found[0], story.awa.name, story.awa.actor.mention, FORM.who["role"], "Sénégal", FORM.work["offers"])
    return gist(found[0].content + " " + acting.text_of(found[0]).partition("\n")[2])


async def others(story: Story) -> str:
    """Two more become members."""
    for persona in (CATALINA, JUSSARA):
        person = await acting.enter(story.world, persona)
        form = writings.APPLICATIONS[persona.key]
        await acting.apply(story.world, person, form.who, form.work)
        await acting.approve(story.world, story.maren, person)
        need("Member" in story.world.role_names(person), f"{person.name} a member", story.world.role_names(person))
    same(len(acting.posts(story.world, story.awa, "introductions")), 3, "introductions")
    return f"{story.catalina.name} in Spanish, {story.jussara.name} in Portuguese"


async def vouched(story: Story) -> str:
    """A newcomer is vouched for by the focal point of his country, who alone was asked."""
    world, maren, jussara = story.world, story.maren, story.jussara
    named = await acting.command(world, maren, "onboarding focalpoint", member=jussara.actor)
    has(acting.answer(named), jussara.name, "focal point of Brazil")
    tomas = await acting.enter(world, TOMAS)
    form = writings.APPLICATIONS[TOMAS.key]
    await acting.apply(world, tomas, form.who, form.work)
    has(acting.request_card(world, maren, tomas), "The Discord account is new.")
    asked = acting.newest_direct(jussara, tomas.name)
    has(asked, form.who["role"])
    same([message for message in acting.direct(story.catalina) if tomas.name in acting.text_of(message)], [], "others")
    await acting.press_direct(jussara, asked, "onboarding:vouch")
    card = acting.request_card(world, maren, tomas)
    has(card, f"{jussara.actor.mention}, a focal point, vouches until")
    await acting.press(maren, card, "onboarding:approve")
    need("Member" in world.role_names(tomas), f"{tomas.name} a member", world.role_names(tomas))
    return f"{jussara.name} is asked in Portuguese, vouches for {tomas.name}, and the moderators' card says so"
