/** `format=flowed` (RFC 3676): lines that end in a blank go on in the next; stuffing and quote marks are kept apart. */
export function decodeFlowed(text: string, deletesSpace: boolean): string {
  const lines: { quote: string; pieces: string[]; open: boolean }[] = [];
  for (const raw of text.split(/\r?\n/)) {
    const quote = /^>*/.exec(raw)![0];
    const rest = raw.slice(quote.length).replace(/^ /, '');
    const last = lines.at(-1);
    const signature = rest === '-- ';
    const open = rest.endsWith(' ') && !signature;
    const piece = open && deletesSpace ? rest.slice(0, -1) : rest;
    if (last?.open && last.quote === quote && !signature) {
      last.pieces.push(piece);
      last.open = open;
    } else lines.push({ quote, pieces: [piece], open });
  }
  return lines.map(({ quote, pieces }) => (quote ? `${quote} ` : '') + pieces.join('')).join('\n');
}
