import { describe, expect, it } from '@jest/globals';
import { ConfigError, DeskError } from '#libs/platform';
import { complaint } from './complaint.js';

const refused = new DeskError('invalid_input', { text: 'refusal.deskFile', path: 'desk.yaml' }, [
  { path: 'queues', message: 'fault.twoQueues' },
  { path: '', message: { text: 'fault.yaml', line: 3, reason: 'odd' } },
]);

describe('complaint', () => {
  it('tells a refusal with all its faults in the language of the desk', () => {
    expect(complaint(refused, 'ru')).toBe(
      'Ошибки в файле службы desk.yaml.\n  queues: две очереди с одним ключом\n  строка 3: odd',
    );
    expect(complaint(refused, 'en')).toContain('  queues: has two queues with one key\n');
    expect(complaint(new DeskError('unavailable'), 'en')).toBe('This is impossible now, try a little later');
  });

  it('tells what is expected by its message, and anything else by where it came from', () => {
    expect(complaint(new ConfigError([], 'ru'), 'ru')).toBe('Настройка: найдено 0 ошибок');
    expect(complaint(Object.assign(new Error('no server'), { code: 'ECONNREFUSED' }), 'ru')).toBe('no server');
    expect(complaint(new Error('odd'), 'ru')).toContain('complaint.spec');
    expect(complaint('odd', 'ru')).toBe('odd');
  });
});
