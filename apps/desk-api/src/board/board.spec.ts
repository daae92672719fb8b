import { describe, expect, it } from '@jest/globals';
import { fillTemplate } from './fill-template.js';
import { matchRoute } from './match-route.js';

describe('matchRoute', () => {
  it.each([
    ['/api/queues', '/api/queues', {}],
    ['/api/queues/:queue/:job', '/api/queues/inbound/7', { queue: 'inbound', job: '7' }],
    ['/api/queues/:queue', '/api/queues/', undefined],
    ['/api/queues/:queue', '/api/queues/inbound/7', undefined],
    ['/api/queues', '/api/redis', undefined],
  ])('%s and %s', (pattern, path, parameters) => expect(matchRoute(pattern, path)).toEqual(parameters));
});

describe('fillTemplate', () => {
  it('escapes what is shown, keeps what is data, and loads nothing from elsewhere', () =>
    expect(
      fillTemplate(
        '<link href="https://fonts.example/x" rel="stylesheet"><title><%= title %></title><%- config %><%= none %>',
        {
          title: '<b>',
          config: '{"a":1}',
        },
      ),
    ).toBe('<title>&lt;b&gt;</title>{"a":1}'));
});
