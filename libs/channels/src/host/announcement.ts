import { z } from 'zod';
import type { Announcement } from '../accounts/channels.repository.js';
import type { ChannelAdapter } from '../channel-adapter.js';

/** What an adapter tells the desk at start. */
export const announcement = ({ kind, can, settings, hook }: ChannelAdapter): Announcement => ({
  kind,
  capabilities: can,
  settingsSchema: z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>,
  hook: hook ?? null,
});
