import { Injectable } from '@nestjs/common';
import type { ImapFlow } from 'imapflow';
import type { AccountTrouble, Inbox } from '#libs/channels';
import { Retry } from '#libs/contracts';
import { followMailbox, imapConnection } from './imap.client.js';
import { accountRetry, mailTrouble } from './mail-trouble.js';
import { OAuthClient } from './oauth.client.js';
import type { ImapSettings } from './settings.js';

/** A connection that lives shorter than this is a failure, not the server ending a session. */
const healthyAfterMs = 10_000;

/** Takes mail in by IMAP: one connection a mailbox, because the server announces news of the open one only. */
@Injectable()
export class ImapIntakeClient {
  constructor(private readonly oauth: OAuthClient) {}

  /** Until `stop` fires. Throws `Retry` for the account when one of its mailboxes can't be followed. */
  async receive(settings: ImapSettings, inbox: Inbox, stop: AbortSignal): Promise<void> {
    const failed = new AbortController();
    const ended = AbortSignal.any([stop, failed.signal]);
    const mailboxes = settings.mailboxes.map(async (mailbox) => {
      try {
        while (!ended.aborted) await this.follow(settings, mailbox, inbox, ended);
      } catch (error) {
        failed.abort();
        throw error;
      }
    });
    const [first] = (await Promise.allSettled(mailboxes)).filter((result) => result.status === 'rejected');
    if (!first || stop.aborted) return;
    throw first.reason;
  }

  /** A connected, authenticated client; throws what the server said. */
  async connect(settings: ImapSettings, stop?: AbortSignal, address?: string): Promise<ImapFlow> {
    const accessToken = settings.oauth2 && (await this.oauth.accessToken(settings.oauth2, stop));
    const client = imapConnection({ settings, accessToken, address });
    // Errors also reject the command in flight; without a listener they would end the process.
    client.on('error', () => undefined);
    const halt = (): void => client.close();
    stop?.addEventListener('abort', halt, { once: true });
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (settings.oauth2 && mailTrouble(error).code === 'wrong-password') this.oauth.forget(settings.oauth2);
      client.close();
      throw error;
    } finally {
      stop?.removeEventListener('abort', halt);
    }
  }

  /** One connection from beginning to end. A server may end a session at any time: that alone is no trouble. */
  private async follow(settings: ImapSettings, mailbox: string, inbox: Inbox, stop: AbortSignal): Promise<void> {
    const began = Date.now();
    const watched = new WatchedInbox(inbox);
    let client: ImapFlow | undefined;
    try {
      client = await this.connect(settings, stop);
      await followMailbox(client, mailbox, watched, stop);
      if (!stop.aborted && Date.now() - began < healthyAfterMs) throw new Error('the server closed the connection');
    } catch (error) {
      if (stop.aborted) return;
      // The desk itself refused (a lost lease, a database away): nothing is wrong with the account.
      if (watched.refusal !== undefined || error instanceof Retry) throw watched.refusal ?? error;
      if (isLost(error) && Date.now() - began >= healthyAfterMs) return;
      const trouble = troubleAt(error, mailbox, settings);
      await inbox.report(trouble);
      throw accountRetry(trouble, error);
    } finally {
      client?.close();
    }
  }
}

/** Tells refusals of the desk from those of the mail server. */
class WatchedInbox implements Inbox {
  refusal: unknown;

  constructor(private readonly inbox: Inbox) {}

  cursor: Inbox['cursor'] = (name) => this.watch(this.inbox.cursor(name));
  put: Inbox['put'] = (items, cursor) => this.watch(this.inbox.put(items, cursor));
  report: Inbox['report'] = (trouble) => this.watch(this.inbox.report(trouble));

  private async watch<T>(call: Promise<T>): Promise<T> {
    try {
      return await call;
    } catch (error) {
      this.refusal = error;
      throw error;
    }
  }
}

const lost = new Set(['NoConnection', 'ECONNRESET', 'ETIMEOUT', 'EConnectionClosed', 'EPIPE', 'ETIMEDOUT']);

const isLost = (error: unknown): boolean => lost.has((error as { code?: string }).code ?? '');

/** Mailbox and server are the administrator's own words: they say which of several is meant. */
function troubleAt(error: unknown, mailbox: string, settings: ImapSettings): AccountTrouble {
  const { code, detail } = mailTrouble(error);
  if (code === 'mailbox-missing') return { code, detail: mailbox };
  return { code, detail: detail || `${settings.host}:${settings.port}` };
}
