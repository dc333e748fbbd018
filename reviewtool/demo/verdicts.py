"""Between the rounds: some of those who got answers say whether these answer what they said."""

from reviewtool.demo.ngo_round import PHASE
from reviewtool.demo.stage import Stage
from reviewtool.services.verdicts import give_verdict


def tell_verdicts(stage: Stage) -> None:
    """Let them say it by the links that they had, the days after draft 2."""
    authors = {one["key"]: one["author"] for one in stage.script.ngo_round["contribution"]}
    ends = stage.script.phases["draft-2"]["ends"]
    for number, one in enumerate(stage.script.verdicts):
        stage.go_to(ends + 1 + number // 5, 9 + number % 5, 11 * number % 60)
        give_verdict(
            stage.installation,
            stage.guest(PHASE, authors[one["key"]]),
            stage.contributions[one["key"]],
            satisfied=one["satisfied"],
            reason=one.get("reason", ""),
            request_id=stage.request(),
        )
