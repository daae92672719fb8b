import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { nudgeDesk, useLiveStatus } from '../live/live.store.js';
import { useText } from '../texts/use-text.js';
import styles from './shell.module.css';

/** Short drops are over before anybody needs to know. */
const patienceMs = 1_500;

/** Says that the line is lost, and how old is what one sees. */
export function ConnectionBanner() {
  const { say, format } = useText();
  const { state, since } = useLiveStatus();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (state !== 'lost') return undefined;
    const timer = setTimeout(() => setLong(true), patienceMs);
    return () => clearTimeout(timer);
  }, [state, since]);
  return (
    <div className={styles.banner} role="status" aria-live="polite">
      {isLong && (
        <>
          {say('live.lost', { time: format.time(new Date(since)) })}
          <Button size="compact-xs" variant="default" onClick={nudgeDesk}>
            {say('live.retry')}
          </Button>
        </>
      )}
    </div>
  );
}
