import { Switch, TextInput } from '@mantine/core';
import { useActions } from '../../actions/actions.store.js';
import { useText } from '../../texts/use-text.js';
import type { PartProps } from './call-parts.js';
import { promisedAt, type Promised, promises } from './local-time.js';
import controls from '../../parts/controls.module.css';
import styles from './call.module.css';

const iso = (promise: Promised): string => new Date(promisedAt(promise, Date.now())).toISOString();

/** A promise to call back, and when. */
export function CallBack({ entry: { callBack }, change, missing }: PartProps) {
  const { say, format } = useText();
  const { dueAt, note } = callBack ?? { dueAt: '', note: '' };
  const toggle = (): void =>
    change({ callBack: callBack ? null : { dueAt: format.dateTime(iso('halfHour')), note: '' } });
  useActions([
    { id: 'call.back', group: say('call.title'), title: say('call.callBack'), keys: ['Alt+KeyB'], run: toggle },
  ]);
  return (
    <>
      <div className={styles.toggle}>
        <Switch checked={callBack !== null} onChange={toggle} label={say('call.callBack')} />
        <kbd>Alt B</kbd>
      </div>
      {callBack && (
        <div className={styles.back}>
          <Promises dueAt={dueAt} onChoose={(at) => change({ callBack: { dueAt: at, note } })} />
          <TextInput
            data-field="callBack"
            label={say('call.due')}
            placeholder={say('call.momentHint')}
            autoComplete="off"
            maxLength={40}
            error={missing.includes('callBack') && say('call.missing.callBack')}
            value={dueAt}
            onChange={({ currentTarget }) => change({ callBack: { dueAt: currentTarget.value, note } })}
          />
          <TextInput
            className={styles.note}
            label={say('call.note')}
            maxLength={2_000}
            value={note}
            onChange={({ currentTarget }) => change({ callBack: { dueAt, note: currentTarget.value } })}
          />
        </div>
      )}
    </>
  );
}

interface PromisesProps {
  readonly dueAt: string;
  readonly onChoose: (at: string) => void;
}

/** When, in the words that people use. */
function Promises({ dueAt, onChoose }: PromisesProps) {
  const { say, format } = useText();
  return (
    <div className={styles.ways} role="group" aria-label={say('call.due')}>
      {promises.map((promise) => {
        const at = format.dateTime(iso(promise));
        return (
          <button
            key={promise}
            type="button"
            className={controls.chip}
            aria-pressed={at === dueAt}
            onClick={() => onChoose(at)}
          >
            {say(`call.promises.${promise}`)}
          </button>
        );
      })}
    </div>
  );
}
