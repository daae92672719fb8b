/** The page of the first-run link. */
export const firstRun = {
  title: 'Первый администратор',
  about: 'Ссылка действует один раз. Пароль: не короче 12 знаков.',
  name: 'Имя',
  email: 'Электронная почта',
  password: 'Пароль',
  send: 'Создать',
  done: 'Готово: теперь можно войти.',
} as const;
