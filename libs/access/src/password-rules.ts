import { DeskError, type Saying } from '#libs/platform';

const shortest = 12;
const longest = 256;

/** Passwords of twelve signs and more that everybody tries first; compared without case and repetition. */
const known = [
  'password',
  'qwertyuiop',
  '1234567890',
  'administrator',
  'switchboard',
  'йцукенгшщз',
  'пароль',
  'welcome',
  'letmein',
];

/** Whether the word is nothing but a well-known one, a repetition, or such a word with digits around it. */
function isGuessable(password: string): boolean {
  const word = password.toLowerCase().replace(/^[\d\W_]+|[\d\W_]+$/gu, '');
  if (new Set(password).size < 5) return true;
  return known.some(
    (item) => word === item || password.toLowerCase() === item || (word !== '' && word.replaceAll(item, '') === ''),
  );
}

/** Refuses a password that is too short, too long to hash or the first that anybody would try. */
export function checkPassword(password: string, email: string): void {
  const fault = passwordFault(password, email);
  if (fault) throw new DeskError('invalid_input', undefined, [{ path: 'password', message: fault }]);
}

function passwordFault(password: string, email: string): Saying | undefined {
  const length = [...password].length;
  if (length < shortest) return { text: 'fault.tooShort', count: shortest };
  if (password.length > longest) return { text: 'fault.tooLong', count: longest };
  if (password.includes('\0')) return 'fault.nul';
  if (isGuessable(password) || password.toLowerCase() === email.toLowerCase()) return 'fault.guessable';
  return undefined;
}
