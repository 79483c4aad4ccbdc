"""Words that say what a name names, and words that a capital makes no name."""

from __future__ import annotations

#: Words that say what an organisation is; with a capital they are part of its name.
ORGANISATIONS = frozenset(
    """
    company group firm bank club team party union ministry council board authority agency
    association federation institute university college school hospital trust society committee
    commission department office court airline railway operator retailer chain carrier shipyard
    newspaper museum foundation assembly parliament government regulator charity force army navy
    police cooperative consortium manufacturer utility league service observatory centre center
    infirmary laboratory institution estates bridges holdings industries foods dredging energy
    markets motors airlines shipping partners institute chamber orchestra academy hospice
    refrigeration brewery bakery works surgery clinic parliament senate
    """.split()
)
#: What ends the name of a firm, and is no word for one.
FIRM_ENDS = frozenset(
    """
    lettings haulage properties stores builders brewers farms solicitors architects engineering
    construction insurance publishing pictures catering security recruitment healthcare homes
    systems media textiles pharmaceuticals pharma biotech technologies logistics plastics ceramics
    chemicals trains buses railways airways plc ltd limited llp gmbh
    """.split()
)
#: The same of a place.
PLACES = frozenset(
    """
    town city village island country region province district county port harbour harbor capital
    state republic kingdom valley river lake parish municipality borough colony suburb
    """.split()
)
#: What is built, awarded or passed, and is no firm.
STRUCTURES = frozenset(
    """
    bridge viaduct tunnel dam tower pier park lighthouse canal reservoir prize award medal cup
    trophy act bill treaty storm hurricane
    """.split()
)
#: What any company may be called.
COMPANIES = frozenset(
    """
    company group firm operator retailer chain carrier manufacturer business airline utility maker
    builder supplier contractor landlord
    """.split()
)
#: What any company has, by its last word or the last two.
RESULTS = frozenset(
    """
    revenue revenues turnover sales profit profits earnings ebit ebitda takings
    net-debt order-intake order-book operating-margin operating-loss tax-loss
    """.split()
)
#: Parts of those who were asked; they are nobody: `A quarter said no`.
FRACTIONS = frozenset(
    """
    half third quarter fifth sixth tenth halves thirds quarters fifths sixths tenths
    majority minority most
    """.split()
)
SHARES = FRACTIONS | frozenset("many few some others rest".split())
#: Where a story happens, never what it is about; and who tells it.
NO_TOPICS = frozenset(
    """
    street road avenue lane square hall hotel house quay radio news post times courier herald
    observer gazette tribune ledger chronicle television magazine journal review proceedings
    bulletin annals letters court tribunal
    """.split()
)
#: Words that a capital makes no name.
CALENDAR = frozenset(
    """
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday i mr mrs ms dr the a an in on at it he she we
    they this that these those but and or for from as if when while after before since last next
    its his her their our my early late mid spring summer autumn winter mondays tuesdays wednesdays
    thursdays fridays saturdays sundays then no not every each some any all both only even so yet
    once now here there where who whom whose what which why how because although though however
    meanwhile between among across under over about with without by to of into against until near
    is are was were do does did has have had can could should would will let never many most
    several another such whether you your me us him them just also perhaps nearly almost around
    nobody everybody none neither nor than too instead today tomorrow yesterday
    """.split()
)
#: What somebody writes, and what is in it he says.
WRITTEN = frozenset(
    """
    letter statement note message email memo memoir memoirs diary post tweet column blog testimony
    autobiography affidavit
    """.split()
)
