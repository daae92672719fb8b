import type { Place } from '#libs/channels';
import type { EmailSettings, OAuth2Settings } from './settings.js';

/** Ports of mail servers; 2525 is where some take mail whose clients may not use the others. */
const receivePorts = [143, 993];
const sendPorts = [25, 465, 587, 2525];

/** The servers that trying these settings connects to. */
export function mailPlaces({ receive, send }: EmailSettings): Place[] {
  const imap = receive?.type === 'imap' ? receive : undefined;
  const smtp = send?.type === 'smtp' ? send : undefined;
  return [
    ...(imap ? [{ side: 'receive', host: imap.host, port: imap.port, usualPorts: receivePorts }] : []),
    ...tokenPlace('receive', imap?.oauth2),
    ...(smtp ? [{ side: 'send', host: smtp.host, port: smtp.port, usualPorts: sendPorts }] : []),
    ...tokenPlace('send', smtp?.oauth2),
  ];
}

/** Where a token is renewed: it is sent the secrets of the account. */
function tokenPlace(side: string, oauth2: OAuth2Settings | undefined): Place[] {
  if (!oauth2?.refreshToken || !oauth2.tokenUrl) return [];
  const { hostname, protocol, port } = new URL(oauth2.tokenUrl);
  return [{ side, host: hostname, port: Number(port || (protocol === 'https:' ? 443 : 80)), usualPorts: [443] }];
}
