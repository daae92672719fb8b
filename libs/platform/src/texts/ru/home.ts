/** The front page of the API. */
export const home = {
  title: '{{name}}: служба поддержки',
  about: 'Здесь работает Switchboard: обращения из почты, мессенджеров, формы и звонков в одном потоке.',
  docs: 'Описание API',
  openapi: 'Документ OpenAPI',
  ready: 'Готовность к работе',
  board: 'Очереди заданий (для администраторов)',
  noConsole: 'Консоль ещё не собрана; её соберёт',
} as const;
