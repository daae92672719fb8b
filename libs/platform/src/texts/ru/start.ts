/** What `npm start` prints when the desk is up. */
export const start = {
  running: 'Switchboard работает: {{url}}',
  alreadyRuns: 'В папке {{dataDir}} уже работает Switchboard. Остановите его или укажите в DATA_DIR другую папку.',
  portTaken: '{{variable}}: порт {{port}} занят другой программой. Остановите её или укажите другой порт.',
  folderRefused:
    'DATA_DIR: папку {{dataDir}} нельзя создать или записать в неё ({{code}}). Укажите папку, доступную этому пользователю.',
  databaseAway: 'DATABASE_URL: {{reason}}. Проверьте адрес, пароль и работает ли сервер.',
  roleEnded: 'Процесс {{name}} завершился, не начав работать ({{how}}). Причина указана выше.',
  firstRun: 'Завести первого администратора: {{link}}',
  database: {
    embedded: 'База данных: встроенный PostgreSQL, данные в {{dataDir}}',
    given: 'База данных: из DATABASE_URL, файлы в {{dataDir}}',
  },
  queue: {
    redis: 'Очереди: BullMQ на Redis (REDIS_URL)',
    postgres: 'Очереди: BullMQ на PostgreSQL (REDIS_URL не задан)',
  },
  try: {
    mail: 'Написать в службу: любой почтовой программой на help@demo.localhost через SMTP 127.0.0.1:{{port}}',
    answers: 'Прочитать ответы: файлы .eml в {{folder}}',
    form: 'Отправить форму: POST {{url}}/api/v1/forms/demo/requests',
    people: 'Войти специалистом: anna@, boris@, vera@demo.localhost, пароль в {{file}}',
    docs: 'Описание API: {{url}}/api/docs',
  },
  stop: 'Остановить: Ctrl+C. Данные останутся.',
} as const;
