"""Verbs by which an article gives words to somebody."""

from __future__ import annotations


def _forms(verbs: str) -> frozenset[str]:
    return frozenset(verbs.split())


#: Report words with a clause or a quotation: `She said that …`.
SAY = _forms(
    """
    say says said saying tell tells told telling add adds added adding argue argues argued arguing
    claim claims claimed claiming insist insists insisted explain explains explained
    stress stresses stressed stressing warn warns warned warning note notes noted noting
    state states stated stating declare declares declared announce announces announced
    write writes wrote writing tweet tweets tweeted post posts posted
    acknowledge acknowledges acknowledged admit admits admitted concede concedes conceded
    confirm confirms confirmed deny denies denied denying allege alleges alleged alleging
    assert asserts asserted maintain maintains maintained contend contends contended
    complain complains complained emphasise emphasises emphasised emphasize emphasizes emphasized
    estimate estimates estimated suggest suggests suggested predict predicts predicted
    promise promises promised vow vows vowed pledge pledges pledged recall recalls recalled
    remark remarks remarked testify testifies testified conclude concludes reiterate reiterates
    reiterated underline underlines underlined believe believes believed boast boasts boasted
    swear swears swore fear fears feared report reports reported
    caution cautions cautioned counter counters countered lament laments lamented
    """
)
#: Of these what follows is what somebody says is not so.
DENY = _forms("deny denies denied denying")
#: Report words beside a quotation only: `She asked whether …` tells of an event.
UTTER = _forms(
    """
    ask asks asked reply replies replied answer answers answered continue continues continued
    quip quips quipped joke jokes joked laugh laughs laughed shout shouts shouted cry cries cried
    go goes went begin begins began concluded recount recounts recounted describe describes
    described call calls called read reads find finds found quote quotes quoted wonder wonders
    wondered respond responds responded retort retorts retorted whisper whispers whispered
    comment comments commented exclaim exclaims exclaimed
    """
)
#: Report a judgement, which is their object: `She called the blockade illegal`.
JUDGE = _forms(
    """
    accuse accuses accused accusing blast blasts blasted criticise criticises criticised
    criticize criticizes criticized condemn condemns condemned denounce denounces denounced
    call calls called describe describes described dismiss dismisses dismissed blame blames blamed
    reject rejects rejected slam slams slammed praise praises praised
    """
)
#: Behind these stands what somebody said, and not that he did.
WHAT = frozenset("anything everything nothing something all what whatever than".split())
