const codes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  '57P01',
  '57P03',
]);
const words =
  /connection is closed|connection terminated|socket closed|stream isn't writeable|not queue(d|able)|offline queue/i;

/** Whether an error only says that the server is away, which the link reports once for all. */
export function isConnectionFault(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && codes.has(code)) return true;
  return typeof message === 'string' && words.test(message);
}
