/**
 * What an acknowledgement may say of a request. Nothing that its sender wrote is among them: an automatic mail that
 * repeats a subject or a name carries whatever somebody wants to be sent to others.
 */
export const acknowledgementPlaceholders = ['ticket.number', 'desk.name', 'answer.within'] as const;
export type AcknowledgementPlaceholder = (typeof acknowledgementPlaceholders)[number];

const placeholder = /\{\s*([a-zA-Z][\w.]*)\s*\}/g;

/** Names in braces that stand for nothing. */
export function unknownPlaceholders(template: string): string[] {
  const known: readonly string[] = acknowledgementPlaceholders;
  const named = [...template.matchAll(placeholder)].map(([, name = '']) => name);
  return [...new Set(named)].filter((name) => !known.includes(name));
}

/** Whether the requester is told the number that they can name later. */
export const tellsNumber = (template: string): boolean => /\{\s*ticket\.number\s*\}/.test(template);

/** The text with its values in it, once. A line of a value that there is not is left out whole. */
export function fillAcknowledgement(
  template: string,
  values: Readonly<Record<AcknowledgementPlaceholder, string | null>>,
): string {
  const known = values as Readonly<Record<string, string | null>>;
  const lines = template.split('\n').filter((line) => {
    const names = [...line.matchAll(placeholder)].map(([, name = '']) => name);
    return !names.some((name) => known[name] === null);
  });
  return lines
    .join('\n')
    .replace(placeholder, (whole, name: string) => known[name] ?? whole)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
