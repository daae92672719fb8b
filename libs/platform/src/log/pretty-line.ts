const levels: Readonly<Record<number, string>> = {
  10: 'TRACE',
  20: 'DEBUG',
  30: 'INFO ',
  40: 'WARN ',
  50: 'ERROR',
  60: 'FATAL',
};
const plain = new Set(['level', 'time', 'app', 'pid', 'context', 'msg', 'err']);

/** One JSON line of the log as a person likes to read it; control characters stay escaped. */
export function prettyLine(json: string): string {
  const line = JSON.parse(json) as Record<string, unknown>;
  const rest = Object.entries(line).filter(([key]) => !plain.has(key));
  const fields = rest.map(([key, value]) => ` ${key}=${JSON.stringify(value)}`).join('');
  const time = new Date(Number(line.time)).toISOString().slice(11, 23);
  const context = typeof line.context === 'string' ? ` [${line.context}]` : '';
  const message = JSON.stringify(line.msg ?? '').slice(1, -1);
  const head = `${time} ${levels[Number(line.level)] ?? ''} ${String(line.app)}${context} ${message}${fields}`;
  return `${head}${errorLines(line.err)}\n`;
}

function errorLines(err: unknown): string {
  if (typeof err !== 'object' || err === null) return '';
  const { type, message, stack, cause } = err as Record<string, unknown>;
  const frames = typeof stack === 'string' ? `\n${stack}` : '';
  return `\n    ${String(type)}: ${JSON.stringify(message).slice(1, -1)}${frames}${errorLines(cause)}`;
}
