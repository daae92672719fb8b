import { notifications } from '@mantine/notifications';
import type { Say } from '../texts/text-key.js';
import { problemTexts } from './problem-texts.js';

/** Says shortly that something was done. */
export const toastDone = (message: string): void =>
  void notifications.show({ message, color: 'teal', autoClose: 4_000 });

/** Says that something was not done and why; it stays until it is closed. */
export function toastProblem(problem: unknown, say: Say): void {
  const { title, detail } = problemTexts(problem, say);
  toastRefused(title, detail ?? '');
}

/** The same for what the console itself would not do. */
export const toastRefused = (title: string, message: string): void =>
  void notifications.show({ title, message, color: 'red', autoClose: false, role: 'alert' });
