/** One frame of a Server-Sent Events stream. */
export interface Frame {
  readonly id?: string;
  readonly event?: string;
  readonly data?: string;
}

const fields = new Set(['id', 'event', 'data']);

function frameOf(block: string): Frame | undefined {
  const found: Record<string, string> = {};
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    if (!fields.has(name)) continue;
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    found[name] = name === 'data' && found[name] !== undefined ? `${found[name]}\n${value}` : value;
  }
  return Object.keys(found).length > 0 ? found : undefined;
}

/** Reads frames out of the pieces that a stream comes in. */
export function frameReader(): (piece: string) => Frame[] {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece).replace(/\r\n?/g, '\n').split('\n\n');
    rest = blocks.pop() ?? '';
    return blocks.map(frameOf).filter((frame) => frame !== undefined);
  };
}
