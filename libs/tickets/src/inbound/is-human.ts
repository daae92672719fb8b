import type { AutomaticKind, InboundMessage } from '#libs/contracts';

/** Kinds that say how an item travelled, not who wrote it. */
const travelKinds: readonly AutomaticKind[] = ['list', 'bulk'];

/**
 * Whether a person may have written it at that moment: it opens or continues a ticket like any message. Whether the
 * desk may answer it by itself is another question: nothing that has an automatic kind is.
 */
export const isHuman = ({ automatic, type }: Pick<InboundMessage, 'automatic' | 'type'>): boolean =>
  type !== 'report' && (automatic === undefined || travelKinds.includes(automatic));
