import { describe, expect, it } from '@jest/globals';
import { signatures, writeSecret } from './sign.js';

describe('signatures', () => {
  // The example of the Standard Webhooks reference libraries.
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' };
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

  it('are those of the standard', () => expect(signatures([secret], message)).toBe(signature));

  it('are one for each secret, so that a receiver can change it at leisure', () => {
    const other = writeSecret(Buffer.alloc(32, 7));
    expect(signatures([other, secret], message).split(' ')).toEqual([expect.stringMatching(/^v1,/), signature]);
  });

  it.each(['', 'whsec_', 'whsec_short', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])('are not made with %j', (bad) =>
    expect(() => signatures([bad], message)).toThrow('Not a secret'),
  );
});
