import type { Action } from '../actions/action.js';
import { otherLayout } from './other-layout.js';

const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');

/** Actions whose words begin as the typed ones do, typed in the right layout or in the wrong one. */
export function findActions(actions: readonly Action[], query: string): Action[] {
  const offered = actions.filter(({ inPalette }) => inPalette !== false);
  const fits = (asked: string): Action[] => {
    const parts = plain(asked).split(/\s+/).filter(Boolean);
    return offered.filter(({ title, group }) => {
      const words = plain(`${title} ${group}`).split(/[\s:,.«»]+/);
      return parts.every((part) => words.some((word) => word.startsWith(part)));
    });
  };
  const found = fits(query);
  return found.length > 0 ? found : fits(otherLayout(query));
}
