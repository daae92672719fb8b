/**
 * Keys by their place on the keyboard, so that they work in every layout: `KeyJ`, `Shift+KeyX`, `Ctrl+KeyK`
 * (Cmd on a Mac), `Alt+KeyC`, and one after another: `KeyG KeyI`.
 */
export type Keys = string;

export interface Stroke {
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const cyrillic: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...'ЙЦУКЕНГШЩЗ'].map((letter, i) => [`Key${'QWERTYUIOP'[i]}`, letter])),
  ...Object.fromEntries([...'ФЫВАПРОЛД'].map((letter, i) => [`Key${'ASDFGHJKL'[i]}`, letter])),
  ...Object.fromEntries([...'ЯЧСМИТЬ'].map((letter, i) => [`Key${'ZXCVBNM'[i]}`, letter])),
};
const names: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  Backslash: '\\',
  BracketLeft: '[',
  BracketRight: ']',
  Comma: ',',
  Enter: 'Enter',
  Escape: 'Esc',
  Period: '.',
  Slash: '/',
  Space: 'Space',
};

/** The stroke as combinations are written. */
export function strokeName({ code, ctrlKey, metaKey, altKey, shiftKey }: Stroke): string {
  const held = [(ctrlKey || metaKey) && 'Ctrl', altKey && 'Alt', shiftKey && 'Shift'].filter(Boolean);
  return [...held, code].join('+');
}

/** Whether a text field would write what these keys say. */
export const isTyped = (keys: Keys): boolean => !/(Ctrl|Alt)\+|(^| )(Shift\+)?(Escape|F\d+)$/.test(keys);

/** A key as it is printed: `J`, and in Russian `J (О)`. */
function keyName(code: string, russian: boolean): string {
  const plain = code.replace(/^(Key|Digit)/, '');
  const letter = cyrillic[code];
  return letter && russian ? `${plain} (${letter})` : (names[code] ?? plain);
}

/** How a combination is shown to people: one entry for each stroke. */
export const keyLabels = (keys: Keys, locale: 'ru' | 'en'): string[] =>
  keys === 'Shift+Slash'
    ? ['?']
    : keys.split(' ').map((stroke) => {
        const parts = stroke.split('+');
        const code = parts.pop() ?? '';
        return [...parts, keyName(code, locale === 'ru')].join(' + ');
      });
