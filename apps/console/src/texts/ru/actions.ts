/** Command palette and cheat sheet. */
export const actions = {
  palette: 'Команды',
  search: 'Что сделать или куда перейти?',
  nothing: 'Такой команды здесь нет',
  cheatSheet: 'Клавиши',
  cheatSheetAbout: 'Клавиши работают в любой раскладке: важно место на клавиатуре, а не буква.',
  letters: 'Однобуквенные клавиши',
  then: 'затем',
  close: 'Закрыть',
} as const;
