/**
 * Whether a request names one host. Node keeps the first of several and says nothing, while a proxy before us may have
 * gone by another one.
 */
export const hasOneHost = (rawHeaders: readonly string[]): boolean =>
  rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length <= 1;
