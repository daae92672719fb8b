/** One ticket. */
export const ticket = {
  title: 'Обращение {{number}}',
  back: 'К списку',
  gone: 'Такого обращения нет',
} as const;
