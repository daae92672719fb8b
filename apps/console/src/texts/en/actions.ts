/** Command palette and cheat sheet. */
export const actions = {
  palette: 'Commands',
  search: 'What to do or where to go?',
  nothing: 'There is no such command here',
  cheatSheet: 'Keyboard',
  cheatSheetAbout: 'The keys work in every layout: their place on the keyboard counts, not the letter.',
  letters: 'Single-letter keys',
  then: 'then',
  close: 'Close',
} as const;
