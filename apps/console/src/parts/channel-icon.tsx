import type { ComponentType } from 'react';
import IconBrandTelegram from '@tabler/icons-react/dist/esm/icons/IconBrandTelegram.mjs';
import IconForms from '@tabler/icons-react/dist/esm/icons/IconForms.mjs';
import IconMail from '@tabler/icons-react/dist/esm/icons/IconMail.mjs';
import IconMessage from '@tabler/icons-react/dist/esm/icons/IconMessage.mjs';
import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import { channelText } from './channel-text.js';
import { useText } from '../texts/use-text.js';

const known = {
  email: IconMail,
  telegram: IconBrandTelegram,
  phone: IconPhone,
  form: IconForms,
} satisfies Record<string, ComponentType<{ size?: number }>>;
const isKnown = (channel: string): channel is keyof typeof known => Object.hasOwn(known, channel);

/** By which channel something came, as a picture with a name. */
export function ChannelIcon({ channel, size = 18 }: { readonly channel: string; readonly size?: number }) {
  const { say } = useText();
  const Picture = isKnown(channel) ? known[channel] : IconMessage;
  const name = say(channelText(channel));
  return <Picture size={size} stroke={1.6} role="img" aria-label={name} />;
}
