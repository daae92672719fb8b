import { describe, expect, it } from '@jest/globals';
import { newcomerRule, providerList, type ProviderSettings } from './provider-settings.js';

const one = { key: 'corp', title: 'Корпоративный вход', issuer: 'https://id.example', clientId: 'desk' };
const parse = (list: unknown) => providerList.safeParse(JSON.stringify(list));

describe('providerList', () => {
  it('is empty by default, and fills in what is usual', () => {
    expect(providerList.parse(undefined)).toEqual([]);
    expect(parse([one]).data).toEqual([
      { ...one, scopes: 'openid email profile', emailsAreVerified: false, secondFactor: false },
    ]);
  });

  it.each<[string, unknown]>([
    ['an object', one],
    ['a key twice', [one, one]],
    ['a key that would change the address', [{ ...one, key: '../x' }]],
    ['an issuer without TLS', [{ ...one, issuer: 'http://id.example' }]],
    ['an issuer that only looks like the loopback', [{ ...one, issuer: 'http://localhost.example' }]],
    ['an issuer that is no address', [{ ...one, issuer: 'javascript:alert(1)' }]],
    ['administrators made by the provider', [{ ...one, newPeople: { role: 'administrator', domains: ['a.b'] } }]],
    ['people of any domain', [{ ...one, newPeople: { role: 'specialist', domains: [] } }]],
    ['an unknown setting', [{ ...one, secret: 'x' }]],
  ])('refuses %s', (_, list) => expect(parse(list).success).toBe(false));

  it('refuses what is no JSON', () => {
    expect(providerList.safeParse('{').error?.issues).toMatchObject([{ message: 'fault.json' }]);
  });

  it.each(['http://127.0.0.1:8080', 'http://localhost/realms/desk', 'http://[::1]:1'])('takes %s', (issuer) =>
    expect(parse([{ ...one, issuer }]).success).toBe(true),
  );
});

describe('newcomerRule', () => {
  const provider = parse([{ ...one, newPeople: { role: 'specialist', domains: ['School.example'] } }]).data?.[0];
  it.each([
    ['anna@school.example', true],
    ['anna@SCHOOL.example', true],
    ['anna@evil.example', false],
    ['anna@school.example@evil.example', false],
    ['anna@a.school.example', false],
    [undefined, false],
  ])('%s: %s', (email, expected) => {
    expect(newcomerRule(provider as ProviderSettings, email) !== undefined).toBe(expected);
  });
});
