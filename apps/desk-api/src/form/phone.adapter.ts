import { Injectable } from '@nestjs/common';
import type { Capabilities, ChannelAdapter, Check, Normalized, Sent } from '#libs/channels';
import { type OutboundMessage, Refused } from '#libs/contracts';
import { z } from 'zod';

/** Calls that people log: they come in by `POST /api/v1/calls`, and no answer can be sent by a call. */
@Injectable()
export class PhoneAdapter implements ChannelAdapter<object> {
  static readonly kind = 'phone';
  readonly kind = PhoneAdapter.kind;
  readonly settings = z.strictObject({});
  readonly can: Capabilities = {
    subject: false,
    html: false,
    maxText: 100_000,
    maxFileBytes: 0,
    maxFiles: 0,
    edits: false,
    reply: false,
    initiate: false,
  };

  normalize(): Normalized {
    throw new Refused('logged-whole', 'A logged call is stored as a message at once.');
  }

  async send(): Promise<Sent> {
    throw new Refused('no-reply', 'A call is answered by a call, or by another channel.');
  }

  split(message: OutboundMessage): readonly OutboundMessage[] {
    return [message];
  }

  async verify(): Promise<readonly Check[]> {
    return [{ step: 'phone', ok: true }];
  }
}
