import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fillAcknowledgement, tellsNumber, unknownPlaceholders } from './acknowledgement-template.js';

const values = { 'ticket.number': '1007', 'desk.name': 'ИТ', 'answer.within': '4 часа' };

describe('fillAcknowledgement', () => {
  it.each([
    ['№ {ticket.number}', '№ 1007'],
    ['{ ticket.number } и {ticket.number}', '1007 и 1007'],
    ['{desk.name}\n\nОтветим: {answer.within}', 'ИТ\n\nОтветим: 4 часа'],
    ['{ticket.subject} {} { }', '{ticket.subject} {} { }'],
    ['<b>{desk.name}</b>', '<b>ИТ</b>'],
  ])('makes %j into %j', (template, said) => expect(fillAcknowledgement(template, values)).toBe(said));

  it('leaves a line out whose value there is not', () => {
    const template = 'Номер {ticket.number}.\n\nОтветим за {answer.within}.\n\n{desk.name}';
    expect(fillAcknowledgement(template, { ...values, 'answer.within': null })).toBe('Номер 1007.\n\nИТ');
  });

  it('puts values in once, whatever they are', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const said = fillAcknowledgement('a {desk.name} b', { ...values, 'desk.name': name });
        return said === `a ${name.replace(/\n{3,}/g, '\n\n')} b`;
      }),
    );
    expect(fillAcknowledgement('{desk.name}', { ...values, 'desk.name': '{ticket.number}' })).toBe('{ticket.number}');
  });
});

describe('a template', () => {
  it.each([
    ['{ticket.number}', [], true],
    ['{ticket.subject} {requester.name} {ticket.subject}', ['ticket.subject', 'requester.name'], false],
    ['{{number}}', ['number'], false],
    ['{ a b }, {1}, {}', [], false],
  ])('%j names the unknown %j', (template, unknown, tells) => {
    expect(unknownPlaceholders(template)).toEqual(unknown);
    expect(tellsNumber(template)).toBe(tells);
  });
});
