import { describe, expect, it } from '@jest/globals';
import type { Device } from '#libs/access';
import { deviceWords } from './device-words.js';

describe('deviceWords', () => {
  it.each<[Device, string, string]>([
    [{ browser: 'firefox', system: 'windows' }, 'Firefox на Windows', 'Firefox on Windows'],
    [{ browser: 'yandex', system: 'android' }, 'Яндекс Браузер на Android', 'Yandex Browser on Android'],
    [{ browser: null, system: 'ios' }, 'неизвестный браузер на iPhone', 'unknown browser on iPhone'],
    [{ browser: 'program', system: null }, 'программа', 'program'],
    [{ browser: null, system: null }, 'неизвестное устройство', 'unknown device'],
  ])('%j', (device, ru, en) => expect([deviceWords(device, 'ru'), deviceWords(device, 'en')]).toEqual([ru, en]));
});
