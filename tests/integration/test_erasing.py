"""An erasure reaches the words in which a person is named, and leaves what was decided."""

from sqlalchemy import func, select

from reviewtool.domain.actors import SYSTEM
from reviewtool.domain.approvals import Capacity, Decision
from reviewtool.domain.contributions import Channel, ContributionKind
from reviewtool.domain.files import Upload
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.mail.mailbox import Mailbox
from reviewtool.mail.transport import PostOffice
from reviewtool.models.approvals import Approval
from reviewtool.models.contributions import Contribution
from reviewtool.models.files import Attachment, Blob, File
from reviewtool.models.handbooks import Handbook
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase
from reviewtool.services import approvals, people, recording
from reviewtool.services._contributions import Words
from reviewtool.services.delivery import deliver
from reviewtool.services.recording import Said, Speaker
from tests.factories.answers import DAY, make_bench
from tests.factories.approvals import approval_lines
from tests.factories.mail import open_post
from tests.factories.people import link_actor
from tests.factories.rounds import make_round, plan_phase


def test_an_approval_names_its_giver_no_more_and_says_what_it_said(
    installation: Installation,
) -> None:
    made = make_round(installation, key="approval", people=1)
    (person,) = made.people
    line = approval_lines(installation, made.phase_id)[0]
    approvals.decide(
        installation,
        link_actor(installation, person),
        [approvals.Wish(line.section_id, line.text_hash, Decision.APPROVED)],
        capacity=Capacity.BOARD,
        capacity_detail=f"sotelautakunta 3.9. § 12, {person.name.upper()}",
        language="fi",
        request_id=new_id(),
    )
    people.erase_person(installation, SYSTEM, person.id)
    with installation.database.read() as session:
        approval = session.scalars(select(Approval)).one()
        pseudonym = session.get_one(Person, person.id).name
    assert approval.capacity_detail == f"sotelautakunta 3.9. § 12, {pseudonym}"
    assert "sotelautakunta 3.9. § 12" in approval.statement
    # The pseudonym's own random letters may go on as the name did.
    told = approval.statement.replace(pseudonym, "")
    assert person.name.lower() not in told.lower()
    assert approval.text_hash == line.text_hash


def test_contacts_go_and_those_of_others_stay(installation: Installation) -> None:
    made = make_round(installation, people=2)
    contact, other = made.people
    named = {
        "responsible_name": "Kutsumanimi",
        "responsible_phone": "040 123",
        "responsible_email": contact.address.upper(),
    }
    plan_phase(installation, made.editor, made.handbook.phases["coordinators-round"], **named)
    with installation.database.write() as session:
        handbook = session.get_one(Handbook, made.handbook.id)
        handbook.contact_name, handbook.contact_email = other.name, other.address
        namesake = session.get_one(Phase, made.handbook.phases["approval"])
        namesake.responsible_name, namesake.responsible_email = contact.name, "toinen@x.example.org"
    people.erase_person(installation, SYSTEM, contact.id)
    with installation.database.read() as session:
        phase = session.get_one(Phase, made.handbook.phases["coordinators-round"])
        assert [getattr(phase, name) for name in named] == ["", "", ""]
        assert session.get_one(Handbook, made.handbook.id).contact_name == other.name
        assert session.get_one(Phase, namesake.id).responsible_name == contact.name


def test_letters_of_the_local_mailbox_go(installation: Installation) -> None:
    made = open_post(installation, people=2).round
    deliver(installation, PostOffice.of(installation.settings))
    mailbox = Mailbox(installation.settings.mailbox_dir)
    assert len(mailbox.letters()) == 2
    people.erase_person(installation, SYSTEM, made.people[0].id)
    (left,) = mailbox.letters()
    assert made.people[1].address in left.recipient


def test_originals_of_what_was_recorded_go_and_the_words_stay(installation: Installation) -> None:
    bench = make_bench(installation)
    words = Said(ContributionKind.COMMENT, Words("Lisää esimerkki."), bench.section_id)
    made = recording.record(
        installation, bench.editor, bench.phase_id, Speaker("Seppo Salo", organisation="Kylä ry"),
        Channel.PAPER, DAY, [words], new_id(), (Upload("kirje.pdf", b"%PDF-1.7 Seppo Salo"),),
    )  # fmt: skip
    people.erase_person(installation, SYSTEM, made.person_id)
    with installation.database.read() as session:
        said = session.get_one(Contribution, made.contribution_ids[0])
        assert said.words == "Lisää esimerkki."
        for of in (Attachment, File, Blob):
            assert session.scalar(select(func.count()).select_from(of)) == 0
