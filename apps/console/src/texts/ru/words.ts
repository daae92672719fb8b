/** Words of the domain, the same everywhere. */
export const words = {
  state: { waiting: 'Ждёт', open: 'В работе', pending: 'Ждём ответа', closed: 'Закрыто' },
  channel: { email: 'Почта', telegram: 'Телеграм', phone: 'Звонок', form: 'Форма', other: 'Другой канал' },
  role: {
    administrator: 'Администратор',
    supervisor: 'Руководитель',
    specialist: 'Специалист',
    director: 'Директор',
  },
  nobody: 'Никто',
  me: 'Я',
  unnamed: 'Без имени',
  ticket: 'Обращение',
  requester: 'Заявитель',
  assignee: 'Исполнитель',
  queue: 'Очередь',
  kind: 'Вид',
  channelName: 'Канал',
  changed: 'Изменено',
  created: 'Создано',
  outcome: 'Что сделано',
} as const;
