import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useActions } from '../../actions/actions.store.js';
import { useText } from '../../texts/use-text.js';
import { rowId } from './ticket-row.js';
import type { Ticket } from './tickets.query.js';

interface Rows {
  readonly tickets: readonly Ticket[];
  readonly scrollTo: (index: number) => void;
  onShowFresh?: () => void;
}

/** Moves through the list by keys; the row that one is on has the focus, so that Enter opens it by itself. */
export function useRowKeys({ tickets, scrollTo, onShowFresh }: Rows) {
  const { say } = useText();
  const navigate = useNavigate();
  const [current, setCurrent] = useState<string>();
  const mustFocus = useRef(false);
  const at = tickets.findIndex(({ id }) => id === current);
  const move = (to: number): void => {
    const index = Math.max(0, Math.min(to, tickets.length - 1));
    mustFocus.current = true;
    scrollTo(index);
    setCurrent(tickets[index]?.id);
  };
  useEffect(() => {
    const row = mustFocus.current && current ? document.getElementById(rowId(current)) : null;
    if (!row) return;
    mustFocus.current = false;
    row.focus({ preventScroll: true });
  });
  const group = say('tickets.title');
  const open = (): void => void (current && navigate({ to: '/tickets/$id', params: { id: current } }));
  useActions([
    {
      id: 'tickets.next',
      group,
      title: say('tickets.next'),
      keys: ['KeyJ', 'ArrowDown'],
      inPalette: false,
      run: () => move(at + 1),
    },
    {
      id: 'tickets.previous',
      group,
      title: say('tickets.previous'),
      keys: ['KeyK', 'ArrowUp'],
      inPalette: false,
      run: () => move(at - 1),
    },
    { id: 'tickets.open', group, title: say('tickets.open'), keys: ['KeyO'], inPalette: false, run: open },
    { id: 'tickets.first', group, title: say('tickets.first'), keys: ['Home'], inPalette: false, run: () => move(0) },
    ...(onShowFresh
      ? [{ id: 'tickets.fresh', group, title: say('tickets.showFresh'), keys: ['Period'], run: onShowFresh }]
      : []),
  ]);
  return { current, setCurrent };
}
