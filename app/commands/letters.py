"""Commands about letters that have left: read-bounces."""

import click

from app.cli import cli, program
from app.clock import now
from app.database import begin_writing, db
from app.extensions import settings
from app.i18n import _
from app.outbox import service
from app.outbox.bounces import is_report, read_notices
from app.outbox.mailboxes import open_mailbox
from app.outbox.queries import lock_messages


@cli.command("read-bounces", help=_("Read what mail servers report of letters that could not be delivered."))
@click.argument("source", default="")
def read_bounces(source: str) -> None:
    """Read notifications of failure in a Maildir, an mbox file, an IMAP folder or ("-") on standard input."""
    with program():
        mails = came_back = late = unknown = 0
        for arrived in open_mailbox(source or settings().bounce_mailbox, settings().bounce_password):
            mails += 1
            if not is_report(arrived.data):
                continue
            outcomes = _hear(arrived.data)
            came_back, late = came_back + outcomes.count("bounced"), late + outcomes.count("delayed")
            unknown += not outcomes
            arrived.put_aside()
        click.echo(
            _(
                "%(mails)s mails read: %(came_back)s letters came back, %(late)s are late, %(unknown)s reports say"
                " nothing new.",
                mails=mails,
                came_back=came_back,
                late=late,
                unknown=unknown,
            )
        )


def _hear(mail: bytes) -> list[str]:
    """What a report says that is news, kept before the mail is put aside."""
    notices = read_notices(mail)
    begin_writing()
    found = {message.public_id: message for message in lock_messages([notice.public_id for notice in notices])}
    heard = [
        notice.outcome
        for notice in notices
        if notice.public_id in found and service.record_notice(found[notice.public_id], notice, now())
    ]
    db.session.commit()
    return heard
