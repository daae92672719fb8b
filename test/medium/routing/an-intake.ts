import { inboundMessage, type InboundMessage, type InboxId } from '#libs/contracts';
import { RouteInbound, type Routed } from '#libs/routing';
import { ADesk } from '../tickets-desk/a-desk.js';

type Given = Partial<Omit<InboundMessage, 'thread' | 'sender'>> & {
  readonly thread?: Partial<InboundMessage['thread']>;
  readonly sender?: Partial<InboundMessage['sender']>;
};

export interface Put {
  readonly account?: string;
  readonly orderKey?: string;
  readonly contentKey?: string;
}

let count = 0;
const next = (): number => (count += 1);

/** A mail as its channel normalizes it; every one is another item from `from`. */
export function mail(from: string, given: Given = {}): InboundMessage {
  return inboundMessage.parse({
    v: 1,
    type: 'message',
    externalId: `m${next()}@mail.test`,
    replyTo: from,
    writtenTo: 'help@desk.test',
    subject: 'Не могу войти',
    text: 'Помогите, пожалуйста',
    ...given,
    sender: { addresses: [{ kind: 'email', value: from, proof: 'wrote' }], ...given.sender },
    thread: { ...given.thread },
  });
}

/** A line in a private chat with the bot. */
export function chat(user: number, text: string, given: Given = {}): InboundMessage {
  return inboundMessage.parse({
    v: 1,
    type: 'message',
    externalId: `${user}:${next()}`,
    replyTo: String(user),
    text,
    ...given,
    sender: { addresses: [{ kind: 'telegram', value: String(user), proof: 'signed' }], ...given.sender },
    thread: { conversation: String(user), ...given.thread },
  });
}

export interface TicketRow {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly subject: string;
  readonly requester: string;
  readonly assignee: string | null;
  readonly kind: string | null;
  readonly queue: string;
  readonly locale: string;
}

export interface MessageRow {
  readonly id: string;
  readonly type: string;
  readonly author: string;
  readonly text: string;
  readonly version: number;
  readonly automatic: string | null;
  readonly flags: readonly string[];
}

/** A desk with rows that wait for the router. */
export class AnIntake {
  private constructor(readonly desk: ADesk) {}

  static async open(): Promise<AnIntake> {
    return new AnIntake(await ADesk.open());
  }

  close(): Promise<void> {
    return this.desk.close();
  }

  async put(message: InboundMessage, { account, orderKey = '', contentKey }: Put = {}): Promise<InboxId> {
    const channel = message.thread.conversation === undefined ? 'email' : 'telegram';
    const [row] = await this.desk.sql<{ id: InboxId }>(
      `insert into inbox (account_id, channel, external_key, content_key, order_key, raw, raw_bytes, message, state)
       values ($1, $2, $3, $4, $5, 'raw', 3, $6, 'ready') returning id`,
      [
        account ?? (await this.desk.accountId(channel)),
        channel,
        `${message.externalId} ${next()}`,
        contentKey ?? null,
        orderKey,
        JSON.stringify(message),
      ],
    );
    return row!.id;
  }

  /** One mailbox more. */
  async mailbox(name: string): Promise<string> {
    const [row] = await this.desk.sql<{ id: string }>(
      `insert into account (channel, name) values ('email', $1) returning id`,
      [name],
    );
    return row!.id;
  }

  route(ids: readonly InboxId[]): Promise<readonly Routed[]> {
    return this.desk.get(RouteInbound).route(ids);
  }

  /** Puts and routes one item and gives where it ended. */
  async take(message: InboundMessage, put: Put = {}): Promise<Routed> {
    const [routed] = await this.route([await this.put(message, put)]);
    if (!routed) throw new Error('the row was not routed');
    return routed;
  }

  async ticket(id: string | undefined): Promise<TicketRow> {
    const [row] = await this.desk.sql<TicketRow>(
      `select t.id, t.number, t.state, t.subject, t.requester_id as requester, t.assignee_id as assignee, t.kind, q.key as queue, t.locale
       from ticket t join queue q on q.id = t.queue_id where t.id = $1`,
      [id],
    );
    return row!;
  }

  messages(ticketId: string | undefined): Promise<MessageRow[]> {
    return this.desk.sql<MessageRow>(
      `select id, type, author_type as author, text, version, automatic, flags from message where ticket_id = $1 order by id`,
      [ticketId],
    );
  }

  /** The answer that the desk sent last to a destination. */
  async sentTo(destination: string) {
    return this.desk.sql<{ externalId: string; automatic: boolean; message: { text: string; subject: string } }>(
      `select external_id as "externalId", automatic, message from outbox where destination = $1 order by id`,
      [destination],
    );
  }

  async count(table: 'ticket' | 'message' | 'requester' | 'outbox' | 'event' | 'decision'): Promise<number> {
    const [row] = await this.desk.sql<{ n: number }>(`select count(*)::int as n from ${table}`);
    return row!.n;
  }
}
