import { describe, expect, it } from '@jest/globals';
import { botAnswer } from './bot-answer.js';

describe('botAnswer', () => {
  it('greets in the name of the desk', () => {
    expect(botAnswer('start', 'ru', 'Поддержка', [])).toContain('Поддержка');
    expect(botAnswer('start', 'en', 'Help', [])).toContain('Help');
  });

  it('lists open tickets with number and state, their words as mere words', () => {
    const answer = botAnswer('status', 'ru', 'x', [
      { number: '1001', subject: '[нажми](http://evil) *сюда*', state: 'pending' },
    ]);
    expect(answer).toMatch(/1001.*ждём вашего ответа/);
    expect(answer).not.toMatch(/[[\]*]/);
  });

  it('says so when nothing is open', () => expect(botAnswer('status', 'en', 'x', [])).toContain('no open requests'));
});
