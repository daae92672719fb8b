import { eventually } from './eventually.js';

export interface ClientTicket {
  readonly id: string;
  readonly number: string;
  readonly subject: string;
  readonly state: string;
  readonly assignee: { readonly id: string; readonly name: string } | null;
}

export interface ClientMessage {
  readonly id: string;
  readonly type: string;
  readonly text: string;
  readonly attachments: readonly { readonly id: string; readonly name: string; readonly bytes: number }[];
  readonly delivery: { readonly state: string; readonly reasonCode: string | null } | null;
}

export interface LedgerEntry {
  readonly id: string;
  readonly state: string;
  readonly fate: string | null;
  readonly ticketId: string | null;
}

interface Page<Item> {
  readonly items: readonly Item[];
}

/** The API of a desk as a program uses it, with a key of all scopes. */
export class DeskClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** One request below `/api/v1/`; throws what the API answered when it refuses. */
  async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const json = body !== undefined && !(body instanceof FormData);
    const response = await fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.key}`, ...(json && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: json ? JSON.stringify(body) : (body as FormData) }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`);
    return (answer && JSON.parse(answer)) as Answer;
  }

  /** The ticket with this subject, once it is as wanted. */
  ticket(subject: string, wanted: (ticket: ClientTicket) => boolean = () => true): Promise<ClientTicket> {
    return eventually(async () => {
      const { items } = await this.call<Page<ClientTicket>>('GET', 'tickets?limit=100');
      return items.find((ticket) => ticket.subject === subject && wanted(ticket));
    });
  }

  /** The messages of a ticket, oldest first, once they are as wanted. */
  messages(
    ticketId: string,
    wanted: (messages: readonly ClientMessage[]) => boolean,
  ): Promise<readonly ClientMessage[]> {
    return eventually(async () => {
      const { items } = await this.call<Page<ClientMessage>>('GET', `tickets/${ticketId}/messages?limit=100`);
      return wanted(items) && items;
    });
  }

  /** Answers a ticket, with files that were uploaded before. */
  reply(ticketId: string, text: string, uploads: readonly string[] = []): Promise<ClientMessage> {
    const attachments = uploads.map((upload) => ({ upload }));
    return this.call('POST', `tickets/${ticketId}/replies`, { text, attachments });
  }

  async upload(name: string, type: string, bytes: Uint8Array): Promise<string> {
    const form = new FormData();
    form.append('file', new Blob([bytes], { type }), name);
    return (await this.call<{ upload: string }>('POST', 'attachments', form)).upload;
  }

  async download(ticketId: string, attachmentId: string): Promise<Buffer> {
    const headers = { authorization: `Bearer ${this.key}` };
    const response = await fetch(`${this.url}/api/v1/tickets/${ticketId}/attachments/${attachmentId}`, { headers });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return Buffer.from(await response.arrayBuffer());
  }

  /** What became of everything that came in. */
  async ledger(): Promise<readonly LedgerEntry[]> {
    return (await this.call<Page<LedgerEntry>>('GET', 'intake/ledger?limit=100')).items;
  }
}
