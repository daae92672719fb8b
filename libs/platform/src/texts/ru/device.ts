/** What a session was opened with, in plain words. */
export const device = {
  on: '{{browser}} на {{system}}',
  program: 'программа',
  unknown: 'неизвестное устройство',
  unknownBrowser: 'неизвестный браузер',
  yandex: 'Яндекс Браузер',
} as const;
