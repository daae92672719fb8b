import { Button } from '@mantine/core';
import { useActions } from '../../actions/actions.store.js';
import { useText } from '../../texts/use-text.js';
import styles from './call.module.css';

interface Props {
  readonly isSaving: boolean;
  readonly onSave: (opens: boolean) => void;
  readonly onClear: () => void;
}

/** Saves the call, or begins anew. */
export function CallFoot({ isSaving, onSave, onClear }: Props) {
  const { say } = useText();
  const group = say('call.title');
  useActions([
    { id: 'call.save', group, title: say('call.save'), keys: ['Ctrl+Enter'], run: () => onSave(false) },
    {
      id: 'call.saveAndOpen',
      group,
      title: say('call.saveAndOpen'),
      keys: ['Ctrl+Shift+Enter'],
      run: () => onSave(true),
    },
    { id: 'call.clear', group, title: say('call.clear'), run: onClear },
  ]);
  return (
    <footer className={styles.foot}>
      <Button loading={isSaving} rightSection={<kbd>Ctrl Enter</kbd>} onClick={() => onSave(false)}>
        {say('call.save')}
      </Button>
      <Button variant="default" disabled={isSaving} onClick={() => onSave(true)}>
        {say('call.saveAndOpen')}
      </Button>
      <Button variant="subtle" color="gray" disabled={isSaving} onClick={onClear}>
        {say('call.clear')}
      </Button>
    </footer>
  );
}
