import { describe, expect, it } from '@jest/globals';
import { securityHeaders } from './security-headers.js';

describe('securityHeaders', () => {
  it('lets a page run scripts of its own origin only, in no frame', () => {
    const { 'content-security-policy': policy } = securityHeaders('text/html; charset=utf-8', false);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|upgrade-insecure-requests/);
  });

  it('lets nothing run in data', () => {
    const { 'content-security-policy': policy } = securityHeaders('application/json', true);
    expect(policy).toBe("default-src 'none'; frame-ancestors 'none'");
  });

  it('asks for https for ever only where people come by https', () => {
    expect(securityHeaders('text/html', true)['strict-transport-security']).toContain('max-age=63072000');
    expect(securityHeaders('text/html', true)['content-security-policy']).toContain('upgrade-insecure-requests');
    expect(securityHeaders('text/html', false)).not.toHaveProperty('strict-transport-security');
  });
});
