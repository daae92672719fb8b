import { useState } from 'react';
import { useActions } from '../../actions/actions.store.js';
import { useText } from '../../texts/use-text.js';

/** Which ticket of the board one is on, and for which one a person is being chosen. */
export function useTicketKeys(mayAssign: boolean) {
  const { say } = useText();
  const [current, setCurrent] = useState<string>();
  const [choosing, setChoosing] = useState<string>();
  useActions(
    mayAssign && current
      ? [
          {
            id: 'wallboard.assign',
            group: say('wallboard.title'),
            title: say('ticket.assign'),
            keys: ['KeyA'],
            run: () => setChoosing(current),
          },
        ]
      : [],
  );
  return { setCurrent, choosing, setChoosing };
}
