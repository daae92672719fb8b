import { rows } from '#libs/database';
import { Secrets } from '#libs/platform';
import type { TestDesk } from './desk.js';

/** A mailbox that could send, as a gateway would have announced it. */
export async function giveMailbox(desk: TestDesk, address = 'help@desk.test'): Promise<void> {
  const capabilities = JSON.stringify({ reply: true, initiate: true });
  await rows(
    desk.db,
    `insert into channel (kind, capabilities, settings_schema) values ('email', $1::jsonb, '{}')
     on conflict (kind) do nothing`,
    [capabilities],
  );
  await rows(desk.db, `insert into account (channel, name, address) values ('email', $1, $1) on conflict do nothing`, [
    address,
  ]);
}

export interface OutgoingMail {
  readonly subject: string;
  /** As the gateway will send it. */
  readonly text: string;
  /** The token of the link in it. */
  readonly token: string;
  readonly automatic: boolean;
  /** The row as it stands in the database. */
  readonly stored: string;
}

/** What waits to be sent to an address, oldest first. */
export async function mailsTo(desk: TestDesk, address: string): Promise<OutgoingMail[]> {
  const found = await rows<{ message: { subject: string; sealedText: string }; automatic: boolean; stored: string }>(
    desk.db,
    `select message, automatic, outbox::text as stored from outbox where destination = $1 order by id`,
    [address],
  );
  return found.map(({ message, automatic, stored }) => {
    const text = desk.app.get(Secrets, { strict: false }).unseal(message.sealedText);
    return { subject: message.subject, text, token: text.match(/#([\w-]+)>/)?.[1] ?? '', automatic, stored };
  });
}
