const longest = 2000;

/** What is wrong with the address of an endpoint before anybody asks where it leads; undefined for a good one. */
export type UrlFault = 'form' | 'scheme' | 'credentials' | 'port';

/** Other protocols live on the low ports: nobody's mail server must be spoken to in HTTP. */
const isWebPort = (port: string): boolean => port === '' || port === '443' || port === '80' || Number(port) >= 1024;

export function urlFault(text: string): UrlFault | undefined {
  const url = text.length <= longest && URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.hostname === '' || url.hash !== '') return 'form';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'scheme';
  if (url.username !== '' || url.password !== '') return 'credentials';
  return isWebPort(url.port) ? undefined : 'port';
}
