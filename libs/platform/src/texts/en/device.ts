/** What a session was opened with, in plain words. */
export const device = {
  on: '{{browser}} on {{system}}',
  program: 'program',
  unknown: 'unknown device',
  unknownBrowser: 'unknown browser',
  yandex: 'Yandex Browser',
} as const;
