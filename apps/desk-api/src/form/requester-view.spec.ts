import { describe, expect, it } from '@jest/globals';
import type { TimelineEntry } from '#libs/tickets';
import { isShown } from './requester-view.js';

const entry = (type: TimelineEntry['type'], authorType: TimelineEntry['authorType']) =>
  ({ type, authorType }) as TimelineEntry;

describe('isShown', () => {
  it.each<[TimelineEntry['type'], TimelineEntry['authorType'], boolean]>([
    ['inbound', 'requester', true],
    ['inbound', 'participant', false],
    ['reply', 'person', true],
    ['reply', 'program', true],
    ['acknowledgement', 'desk', true],
    ['note', 'person', false],
    ['note', 'requester', false],
    ['call', 'person', false],
  ])('%s of a %s: %p', (type, author, shown) => expect(isShown(entry(type, author))).toBe(shown));
});
