import { describe, expect, it } from '@jest/globals';
import type { TimelineEntry } from '#libs/tickets';
import { isShown, messageView } from './requester-view.js';

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

describe('messageView', () => {
  it.each<[TimelineEntry['type'], TimelineEntry['authorType'], string | null, string | null]>([
    ['inbound', 'requester', 'Иван', 'Иван'],
    ['inbound', 'requester', null, null],
    ['reply', 'person', 'Анна', 'Анна'],
    ['reply', 'program', 'BOOTSTRAP_API_KEY', 'Поддержка'],
    ['acknowledgement', 'desk', null, 'Поддержка'],
  ])('names the author of %s by %s %j as %j', (type, authorType, authorName, shown) =>
    expect(messageView({ ...entry(type, authorType), authorName }, [], 'Поддержка').author).toBe(shown),
  );
});
