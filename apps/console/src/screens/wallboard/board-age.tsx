import { VisuallyHidden } from '@mantine/core';
import { useText } from '../../texts/use-text.js';
import type { Board } from './use-board.js';
import styles from './wallboard.module.css';

/** For which moment the numbers are right; a screen reader hears only when they cease to be. */
export function BoardAge({ board: { at, now, age } }: { readonly board: Board }) {
  const { say, format } = useText();
  const time = format.time(new Date(at));
  const seconds = Math.max(0, Math.floor((now - at) / 1_000));
  return (
    <>
      <p className={styles.age} data-age={age}>
        {age === 'fresh' ? say('wallboard.asOf', { time }) : say('wallboard.stale', { time, count: seconds })}
      </p>
      <VisuallyHidden role="status">{age === 'fresh' ? '' : say('wallboard.old')}</VisuallyHidden>
    </>
  );
}
