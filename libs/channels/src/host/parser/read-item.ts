import type { ChannelAdapter } from '../../channel-adapter.js';
import type { ParserOutcome, ParserTask } from './parser-protocol.js';

/** Runs a normalizer over one item and turns what it throws into an outcome; errors are told by name, not by text. */
export async function readItem(
  normalize: ChannelAdapter['normalize'],
  { raw, facts }: ParserTask,
): Promise<ParserOutcome> {
  try {
    return { is: 'read', normalized: await normalize(raw, facts) };
  } catch (error) {
    // By name: the error may come from another copy of the contracts (a child's).
    if (error instanceof Error && error.name === 'Refused') {
      return { is: 'refused', code: String((error as Error & { code?: unknown }).code) };
    }
    return { is: 'unreadable', reason: error instanceof Error ? error.name : typeof error };
  }
}
