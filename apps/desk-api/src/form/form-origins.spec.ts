import { describe, expect, it } from '@jest/globals';
import { crossOriginAnswer, formOf } from './form-origins.js';

describe('formOf', () => {
  it.each([
    ['/api/v1/forms/lms/requests', 'lms'],
    ['/api/v1/forms/lms/requests?limit=5', 'lms'],
    ['/api/v1/forms/l%20s/requests/17', 'l s'],
    ['/api/v1/forms/lms', undefined],
    ['/api/v1/forms/%E0%A4%A/requests', undefined],
    ['/api/v1/tickets', undefined],
    ['/api/v1/forms//requests', undefined],
  ])('%s: %j', (url, name) => expect(formOf(url)).toBe(name));
});

describe('crossOriginAnswer', () => {
  const allowed = ['https://lms.example', 'https://lms.example:8443'];

  it.each(['https://evil.example', 'http://lms.example', 'https://lms.example.evil.example', 'null', ''])(
    'tells a page of %j nothing',
    (origin) => {
      expect(crossOriginAnswer('POST', origin, allowed)).toBeUndefined();
      expect(crossOriginAnswer('OPTIONS', origin, allowed)).toBeUndefined();
    },
  );

  it('lets the named origin in, by itself and without credentials', () => {
    const answer = crossOriginAnswer('OPTIONS', 'https://lms.example:8443', allowed);
    expect(answer).toMatchObject({
      preflight: true,
      headers: { 'access-control-allow-origin': 'https://lms.example:8443', vary: 'Origin' },
    });
    expect(answer?.headers).not.toHaveProperty('access-control-allow-credentials');
    expect(crossOriginAnswer('POST', 'https://lms.example', allowed)?.preflight).toBe(false);
  });
});
