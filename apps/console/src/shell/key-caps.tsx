import { Fragment } from 'react';
import { keyLabels, type Keys } from '../actions/key-combination.js';
import { useText } from '../texts/use-text.js';
import styles from './layers.module.css';

/** A combination of keys as it is printed on them, with the Russian letter in Russian. */
export function KeyCaps({ keys }: { readonly keys: Keys }) {
  const { say, locale } = useText();
  return (
    <span className={styles.keys}>
      {keyLabels(keys, locale).map((label, i) => (
        <Fragment key={label}>
          {i > 0 && say('actions.then')}
          <kbd>{label}</kbd>
        </Fragment>
      ))}
    </span>
  );
}
