import { describe, expect, it } from '@jest/globals';
import type { DeliveryState } from '#libs/contracts';
import { wholeDelivery } from './delivery.js';

const part = (state: DeliveryState) => ({
  state,
  channel: 'telegram',
  reasonCode: null,
  reason: null,
  nextAt: null,
  sentAt: null,
});

describe('wholeDelivery', () => {
  it.each<[DeliveryState[], DeliveryState]>([
    [['sent', 'sent'], 'sent'],
    [['sent', 'queued'], 'queued'],
    [['sent', 'sending', 'queued'], 'sending'],
    [['sent', 'unknown', 'queued'], 'unknown'],
    [['failed', 'sent', 'unknown'], 'failed'],
  ])('%p is %s as a whole', (states, whole) => expect(wholeDelivery(states.map(part))?.state).toBe(whole));

  it('is nothing where nothing is sent', () => expect(wholeDelivery([])).toBeUndefined());
});
