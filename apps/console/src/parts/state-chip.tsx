import type { Shape } from '../api/shape.js';
import { useText } from '../texts/use-text.js';
import styles from './parts.module.css';

/** The state of a ticket: in words, by colour and by the form of its mark. */
export function StateChip({ state }: { readonly state: Shape<'Ticket'>['state'] }) {
  const { say } = useText();
  return (
    <span className={styles.chip} data-state={state}>
      {say(`words.state.${state}`)}
    </span>
  );
}
