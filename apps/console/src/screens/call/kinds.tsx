import { Select } from '@mantine/core';
import { useActions } from '../../actions/actions.store.js';
import { useText } from '../../texts/use-text.js';
import { digits, type Kind, type PartProps } from './call-parts.js';
import styles from './call.module.css';

interface Props extends PartProps {
  readonly kinds: readonly Kind[];
  readonly onChosen: () => void;
}

/** What the call is about: a digit each for the first eight, a list for the others. A ticket has its kind already. */
export function Kinds({ entry: { kind, ticket }, change, missing, kinds, onChosen }: Props) {
  const { say, format } = useText();
  const first = kinds.slice(0, digits);
  const choose = (key: string): void => {
    change({ kind: key });
    onChosen();
  };
  const isNeeded = first.length > 0 && ticket === null;
  useActions(
    (isNeeded ? first : []).map(({ key, title }, index) => ({
      id: `call.kind.${key}`,
      group: say('words.kind'),
      title: format.title(title),
      keys: [`Digit${index + 1}`, `Numpad${index + 1}`],
      inPalette: false,
      run: () => choose(key),
    })),
  );
  if (!isNeeded) return null;
  return (
    <fieldset className={styles.kinds} aria-describedby={missing.includes('kind') ? 'kind-missing' : undefined}>
      <legend>{say('words.kind')}</legend>
      {first.map(({ key, title }, index) => (
        <label key={key} className={styles.kind}>
          <input
            type="radio"
            name="kind"
            {...(index === 0 && { 'data-field': 'kind' })}
            checked={key === kind}
            onChange={() => change({ kind: key })}
          />
          <kbd>{index + 1}</kbd>
          {format.title(title)}
        </label>
      ))}
      <OtherKinds kinds={kinds.slice(digits)} chosen={kind} onChoose={choose} />
      {missing.includes('kind') && (
        <p className={styles.missing} id="kind-missing">
          {say('call.missing.kind')}
        </p>
      )}
    </fieldset>
  );
}

interface OtherProps {
  readonly kinds: readonly Kind[];
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
}

/** Kinds that no digit is left for. */
function OtherKinds({ kinds, chosen, onChoose }: OtherProps) {
  const { say, format } = useText();
  if (kinds.length === 0) return null;
  return (
    <Select
      size="xs"
      searchable
      aria-label={say('call.otherKinds')}
      placeholder={say('call.otherKinds')}
      data={kinds.map(({ key, title }) => ({ value: key, label: format.title(title) }))}
      value={kinds.some(({ key }) => key === chosen) ? chosen : null}
      onChange={(key) => key && onChoose(key)}
    />
  );
}
