import type { InboundMessage } from '#libs/contracts';

/** What is shown of a message, and the whole of it where that is more: quotes and signature stay within reach. */
export function visiblePart({ text, visibleText }: Pick<InboundMessage, 'text' | 'visibleText'>): {
  readonly text: string;
  readonly fullText: string | null;
} {
  const cut = visibleText !== undefined && visibleText !== text && visibleText.trim() !== '';
  return cut ? { text: visibleText, fullText: text } : { text, fullText: null };
}
