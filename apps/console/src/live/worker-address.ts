// oxlint-disable-next-line import/default -- the bundler makes this address
import address from './stream.worker.js?sharedworker&url';

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): URL };
}

/** The address of the worker's script as the page's policy wants it: named once, by us, and of our own origin. */
export function workerAddress(): URL | string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  return (
    trustedTypes?.createPolicy('desk-worker', { createScriptURL: () => address }).createScriptURL(address) ?? address
  );
}
