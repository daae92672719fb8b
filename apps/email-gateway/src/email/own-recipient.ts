import { domainOf, mailAddress, splitPlus } from './mail-address.js';
import type { EmailSettings } from './settings.js';

/** The addresses that are this account's own. */
export interface OwnMailbox {
  readonly address: string | undefined;
  readonly settings: Pick<EmailSettings, 'aliases' | 'receive'>;
}

/** The address without its tag if mail to it belongs to this account. */
export function ownRecipient(recipient: string, own: OwnMailbox): string | undefined {
  const address = mailAddress(recipient);
  if (!address) return undefined;
  const { base } = splitPlus(address);
  const { aliases, receive } = own.settings;
  if (base === own.address?.toLowerCase() || aliases.includes(base)) return base;
  const domains = receive?.type === 'smtp' || receive?.type === 'lmtp' ? receive.domains : [];
  return domains.includes(domainOf(base)) ? base : undefined;
}
