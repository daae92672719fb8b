import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import type { Readable } from 'node:stream';
import type { Fence } from '#libs/channels';
import { Retry } from '#libs/contracts';
import { BodyGate } from './body-gate.client.js';
import type { ComposedMail } from './compose-mail.js';
import { mailTrouble } from './mail-trouble.js';
import { OAuthClient } from './oauth.client.js';
import type { SmtpSettings } from './settings.js';
import { smtpOutcome } from './smtp-outcome.js';

const seconds = 1000;
// Shorter than the time that the host gives a sending to end after it was told to.
const graceMs = 1500;

/** Hands mails to a mail server. One connection a mail: a pool would send again what it can't know was not sent. */
@Injectable()
export class SmtpClient {
  constructor(private readonly oauth: OAuthClient) {}

  /** Resolves when the server has taken the mail; throws `Retry`, `Refused` or `Unknown`. */
  async send(settings: SmtpSettings, mail: ComposedMail, fence: Fence, stop: AbortSignal): Promise<void> {
    const transport = await this.transport(settings, stop);
    const gate = new BodyGate(fence);
    transport.use('stream', ({ message }, done) => {
      message.processFunc((body: Readable) => gate.guard(body));
      done();
    });
    const cancel = new AbortController();
    let grace: NodeJS.Timeout | undefined;
    // Past the fence an answer is waited for a little: cutting the line there leaves a mail of unknown fate.
    const halt = (): void => {
      if (gate.passed) grace = setTimeout(() => cancel.abort(), graceMs);
      else cancel.abort();
    };
    stop.addEventListener('abort', halt, { once: true });
    try {
      await transport.sendMail({ ...mail, signal: cancel.signal });
    } catch (error) {
      if (gate.refusal !== undefined) throw new Retry('the fence is closed', { cause: gate.refusal });
      if (settings.oauth2 && mailTrouble(error).code === 'wrong-password') this.oauth.forget(settings.oauth2);
      throw smtpOutcome(error, gate);
    } finally {
      stop.removeEventListener('abort', halt);
      clearTimeout(grace);
      transport.close();
    }
  }

  /** Connects and signs in, no more; throws what the server said. */
  async verify(settings: SmtpSettings, stop: AbortSignal, address?: string): Promise<void> {
    const transport = await this.transport(settings, stop, address);
    try {
      await transport.verify();
    } finally {
      transport.close();
    }
  }

  private async transport(settings: SmtpSettings, stop: AbortSignal, address?: string) {
    const { host, port, tls, user, password, oauth2 } = settings;
    const accessToken = oauth2 && (await this.oauth.accessToken(oauth2, stop));
    const auth =
      accessToken === undefined
        ? { user: user ?? '', pass: password ?? '' }
        : { type: 'OAuth2', user: user ?? '', accessToken };
    return createTransport({
      host: address ?? host,
      ...(address !== undefined && isIP(host) === 0 && { tls: { servername: host } }),
      port,
      secure: tls === 'tls',
      requireTLS: tls === 'starttls',
      ignoreTLS: tls === 'none',
      ...(user === undefined ? {} : { auth }),
      logger: false,
      disableFileAccess: true,
      disableUrlAccess: true,
      // All together stay below the lease of an outbox row (180 s).
      dnsTimeout: 10 * seconds,
      connectionTimeout: 10 * seconds,
      greetingTimeout: 10 * seconds,
      socketTimeout: 60 * seconds,
    });
  }
}
