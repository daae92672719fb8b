export type DraftKind = 'reply' | 'note';

const placeOf = (ticketId: string, kind: DraftKind): string => `desk.draft.${ticketId}.${kind}`;

/** What was written and not sent, by ticket and kind. It outlives a reload of this tab, and no sign-out. */
export function readDraft(ticketId: string, kind: DraftKind): string {
  try {
    return sessionStorage.getItem(placeOf(ticketId, kind)) ?? '';
  } catch {
    return '';
  }
}

export function keepDraft(ticketId: string, kind: DraftKind, text: string): void {
  try {
    if (text) sessionStorage.setItem(placeOf(ticketId, kind), text);
    else sessionStorage.removeItem(placeOf(ticketId, kind));
  } catch {
    // A browser that keeps nothing: the text stays as long as the screen.
  }
}

/** Forgets all of them: the next person at this browser must not read them. */
export function forgetDrafts(): void {
  try {
    for (const place of Object.keys(sessionStorage).filter((name) => name.startsWith('desk.draft.'))) {
      sessionStorage.removeItem(place);
    }
  } catch {
    // Nothing was kept.
  }
}
