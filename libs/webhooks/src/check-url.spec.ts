import { describe, expect, it } from '@jest/globals';
import { urlFault } from './check-url.js';

describe('urlFault', () => {
  it.each([
    ['https://hooks.example/desk?key=1', undefined],
    ['https://hooks.example:8443/', undefined],
    ['http://127.0.0.1:8080/', undefined],
    ['hooks.example', 'form'],
    ['https://', 'form'],
    ['https://hooks.example/#part', 'form'],
    [`https://hooks.example/${'x'.repeat(2000)}`, 'form'],
    ['ftp://hooks.example/', 'scheme'],
    ['file:///etc/passwd', 'form'],
    ['gopher://hooks.example/', 'scheme'],
    ['javascript:alert(1)', 'form'],
    ['https://me:secret@hooks.example/', 'credentials'],
    ['https://hooks.example:25/', 'port'],
    ['https://hooks.example:22/', 'port'],
  ])('of %s is %p', (url, fault) => expect(urlFault(url)).toBe(fault));
});
