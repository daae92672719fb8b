/** A text in pieces of at most `limit` UTF-16 units, cut between lines or words where that is possible. */
export function splitText(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const at = cutAt(rest, limit);
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  pieces.push(rest);
  return pieces;
}

function cutAt(text: string, limit: number): number {
  const line = text.lastIndexOf('\n', limit - 1) + 1;
  if (line > limit / 2) return line;
  const word = text.lastIndexOf(' ', limit - 1) + 1;
  if (word > limit / 2) return word;
  const half = text.charCodeAt(limit - 1);
  return half >= 0xd800 && half <= 0xdbff && limit > 1 ? limit - 1 : limit;
}
