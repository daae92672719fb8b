/** What a request says about who asks: a person who goes to an address, or a program that wants a thing. */
export interface Asking {
  readonly method: string;
  readonly path: string;
  readonly accept: string | undefined;
  /** `Sec-Fetch-Dest`; older browsers and programs send none. */
  readonly destination: string | undefined;
}

/** Under these stand the API and the pages that it draws itself: what is not there is not there. */
const reserved = /^\/(admin|api|assets|first-run|health|hooks|metrics)(\/|$)/;

/** Whether a browser goes to an address of the console; the console itself knows its addresses. */
export const isNavigation = ({ method, path, accept = '', destination = 'document' }: Asking): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  destination === 'document' &&
  accept.includes('text/html') &&
  !reserved.test(path);
