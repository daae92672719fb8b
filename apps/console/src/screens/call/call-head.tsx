import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import IconPlayerPause from '@tabler/icons-react/dist/esm/icons/IconPlayerPause.mjs';
import IconPlayerPlay from '@tabler/icons-react/dist/esm/icons/IconPlayerPlay.mjs';
import { useEffect, useState } from 'react';
import { useActions } from '../../actions/actions.store.js';
import { useText } from '../../texts/use-text.js';
import { clockToggled, talkedSeconds } from './call-entry.js';
import type { PartProps } from './call-parts.js';
import { clockSeconds, clockText } from './local-time.js';
import controls from '../../parts/controls.module.css';
import styles from './call.module.css';

/** Which call this is, which way it went, and how long it lasts. */
export function CallHead({ entry, change }: PartProps) {
  const { say } = useText();
  const { direction } = entry;
  const group = say('call.title');
  const turn = (): void => change({ direction: direction === 'in' ? 'out' : 'in' });
  useActions([{ id: 'call.direction', group, title: say('call.turn'), keys: ['Alt+KeyO'], run: turn }]);
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>{say('call.title')}</h1>
      <div className={styles.ways} role="group" aria-label={say('call.direction')}>
        {(['in', 'out'] as const).map((way) => (
          <button
            key={way}
            type="button"
            className={controls.chip}
            aria-pressed={way === direction}
            onClick={() => change({ direction: way })}
          >
            {say(`call.ways.${way}`)}
          </button>
        ))}
      </div>
      <Clock entry={entry} change={change} />
    </header>
  );
}

/** Runs from the opening of the form; it can be stopped, and what it shows can be corrected. */
function Clock({ entry, change }: Pick<PartProps, 'entry' | 'change'>) {
  const { say } = useText();
  const [typed, setTyped] = useState<string>();
  const now = useSeconds();
  const shown = clockText(talkedSeconds(entry, now));
  const isRunning = entry.talked === null;
  const toggle = (): void => change(clockToggled(entry, Date.now()));
  const title = say(isRunning ? 'call.stopClock' : 'call.startClock');
  useActions([{ id: 'call.clock', group: say('call.title'), title, keys: ['Alt+KeyT'], run: toggle }]);
  const write = (text: string): void => {
    const talked = clockSeconds(text);
    setTyped(text);
    if (talked !== undefined) change({ talked });
  };
  return (
    <div className={styles.clock}>
      <TextInput
        size="xs"
        w={86}
        aria-label={say('call.talked')}
        inputMode="numeric"
        error={typed !== undefined && clockSeconds(typed) === undefined}
        value={typed ?? shown}
        // It stands still while somebody is in it: a tick would take away what they have selected.
        onFocus={() => setTyped(shown)}
        onChange={({ currentTarget }) => write(currentTarget.value)}
        onBlur={() => setTyped(undefined)}
      />
      <Tooltip label={title}>
        <ActionIcon aria-label={title} onClick={toggle}>
          {isRunning ? <IconPlayerPause size={18} /> : <IconPlayerPlay size={18} />}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function useSeconds(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return now;
}
