import { Switch, TextInput } from '@mantine/core';
import { useActions } from '../../actions/actions.store.js';
import { useText } from '../../texts/use-text.js';
import { CallBack } from './call-back.js';
import { callTimes } from './call-entry.js';
import type { PartProps } from './call-parts.js';
import controls from '../../parts/controls.module.css';
import styles from './call.module.css';

/** What it was about, what came of it, and what was promised. */
export function CallAbout(parts: PartProps) {
  const { say } = useText();
  const { entry, change, missing } = parts;
  const { text, resolved, outcome } = entry;
  const resolve = (): void => change({ resolved: !resolved });
  useActions([
    { id: 'call.resolved', group: say('call.title'), title: say('call.resolved'), keys: ['Alt+KeyR'], run: resolve },
  ]);
  const lacksText = missing.includes('text');
  return (
    <>
      <div>
        <label className={styles.label} htmlFor="call-text">
          {say('call.text')}
        </label>
        <textarea
          id="call-text"
          data-field="text"
          className={`${controls.text} ${styles.text}`}
          maxLength={100_000}
          aria-invalid={lacksText}
          aria-describedby={lacksText ? 'text-missing' : undefined}
          value={text}
          onChange={({ currentTarget }) => change({ text: currentTarget.value })}
        />
        {lacksText && (
          <p className={styles.missing} id="text-missing">
            {say('call.missing.text')}
          </p>
        )}
      </div>
      <div className={styles.toggle}>
        <Switch checked={resolved} onChange={resolve} label={say('call.resolved')} />
        <kbd>Alt R</kbd>
      </div>
      {resolved && (
        <TextInput
          label={say('words.outcome')}
          maxLength={2_000}
          value={outcome}
          onChange={({ currentTarget }) => change({ outcome: currentTarget.value })}
        />
      )}
      <CallBack {...parts} />
      <When {...parts} />
    </>
  );
}

/** When they called, for calls that are written down later. */
function When({ entry, change, missing }: PartProps) {
  const { say, format } = useText();
  const measured = format.dateTime(new Date(callTimes(entry, Date.now()).startedAt).toISOString());
  return (
    <details className={styles.more} open={entry.began !== null}>
      <summary>{say('call.later')}</summary>
      <TextInput
        data-field="began"
        w={220}
        label={say('call.began')}
        placeholder={say('call.momentHint')}
        autoComplete="off"
        maxLength={40}
        error={missing.includes('began') && say('call.missing.began')}
        value={entry.began ?? measured}
        onChange={({ currentTarget }) => change({ began: currentTarget.value })}
        onBlur={() => !entry.began?.trim() && change({ began: null })}
      />
    </details>
  );
}
