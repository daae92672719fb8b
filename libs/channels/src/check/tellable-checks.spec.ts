import { describe, expect, it } from '@jest/globals';
import { tellable } from './tellable-checks.js';

describe('tellable', () => {
  it.each([
    [{ step: 'a', ok: true, detail: '@bot' }, '@bot'],
    [{ step: 'a', ok: false, code: 'mailbox-missing', detail: 'INBOX' }, 'INBOX'],
    [{ step: 'a', ok: false, code: 'server-refused', detail: 'SSH-2.0-OpenSSH' }, undefined],
    [{ step: 'a', ok: false, code: 'wrong-password', detail: 'user canary unknown' }, undefined],
    [{ step: 'a', ok: false }, undefined],
  ])('%j tells %p', (check, detail) => expect(tellable(check).detail).toBe(detail));
});
