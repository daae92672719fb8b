/** Steps of trying a channel, by their names: `receive.login`. */
export const check = {
  address: 'Адрес ящика указан',
  api: { place: 'Адрес сервера Bot API' },
  form: 'Форма',
  gateway: 'Процесс канала',
  phone: 'Телефон',
  receive: {
    connect: 'Соединение с сервером приёма',
    login: 'Вход на сервер приёма',
    mailbox: 'Папка ящика открыта',
    place: 'Адрес сервера приёма',
    resolve: 'Имя сервера приёма',
  },
  send: {
    connect: 'Соединение с сервером отправки',
    folder: 'Папка для писем доступна',
    login: 'Вход на сервер отправки',
    place: 'Адрес сервера отправки',
    resolve: 'Имя сервера отправки',
  },
  settings: 'Настройки',
  'sign-in': 'Вход бота',
  verify: 'Проверка канала',
} as const;
