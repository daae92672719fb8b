/** What the console says itself where the API could not. */
export const problem = {
  unreachable: 'Сервер не отвечает',
  unreachableAbout: 'Проверьте сеть. Мы попробуем ещё раз, как только связь появится.',
  unknown: 'Не получилось',
} as const;
