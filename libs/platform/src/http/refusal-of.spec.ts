import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { DeskError } from '../refusals/desk-error.js';
import { refusalOf } from './refusal-of.js';

const coded = (code: string): Error => Object.assign(new Error('x'), { code });

describe('refusalOf', () => {
  it('keeps the code, detail and faults of a refusal', () => {
    const faults = [{ path: 'phone', message: 'fault.phone' }] as const;
    const refusal = refusalOf(new DeskError('invalid_phone', 'refusal.noTask', faults));
    expect(refusal).toEqual({ code: 'invalid_phone', detail: 'refusal.noTask', faults });
  });

  it('makes faults of what a schema found', () => {
    const { error } = z.object({ a: z.object({ b: z.string() }) }).safeParse({ a: { b: 1 } }, { reportInput: true });
    expect(refusalOf(error)).toEqual({
      code: 'invalid_input',
      faults: [{ path: 'a.b', message: 'fault.type.string' }],
    });
  });

  it.each([
    ['ECONNREFUSED', 'unavailable'],
    ['57P01', 'unavailable'],
    ['53300', 'unavailable'],
    ['55P03', 'unavailable'],
    ['FST_REQ_FILE_TOO_LARGE', 'payload_too_large'],
    ['FST_INVALID_MULTIPART_CONTENT_TYPE', 'unsupported_media_type'],
  ])('knows a fault by its code %s', (code, refused) => expect(refusalOf(coded(code))?.code).toBe(refused));

  it('looks at the fault that a framework wrapped', () => {
    const wrapped = new Error('x', { cause: coded('FST_ERR_CTP_INVALID_JSON_BODY') });
    expect(refusalOf(wrapped)?.code).toBe('malformed_body');
  });

  it.each([new Error('x'), coded('23505'), coded('toString'), new TypeError('y'), 'text', undefined, null])(
    'tells nothing of a failure of ours: %p',
    (thrown) => expect(refusalOf(thrown)).toBeUndefined(),
  );
});
