import { z } from 'zod';
import type { Capabilities, ChannelAdapter, Hook } from '../channel-adapter.js';

/** A channel as its adapter announced it: all that the desk needs to draw its form and take its calls. */
export interface Announcement {
  readonly kind: string;
  readonly capabilities: Capabilities;
  /** JSON Schema of an account's settings; secret ones carry `"secret": true`. */
  readonly settingsSchema: Readonly<Record<string, unknown>>;
  readonly hook: Hook | null;
}

/** What an adapter tells the desk at start. */
export const announcement = ({ kind, can, settings, hook }: ChannelAdapter): Announcement => ({
  kind,
  capabilities: can,
  settingsSchema: z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>,
  hook: hook ?? null,
});
