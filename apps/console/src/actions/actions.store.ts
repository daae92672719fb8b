import { useEffect, useRef, useSyncExternalStore } from 'react';
import { preferences } from '../app/preferences.store.js';
import type { Action } from './action.js';
import { isTyped, type Stroke, strokeName } from './key-combination.js';

/** Sets of actions by the component that gave them, the newest last: a layer above goes before what lies under it. */
let sets: readonly (readonly Action[])[] = [];
const watchers = new Set<() => void>();

function change(next: typeof sets): void {
  sets = next;
  for (const watcher of watchers) watcher();
}

/** Offers actions for as long as the component is there. */
export function useActions(actions: readonly Action[]): void {
  const latest = useRef(actions);
  latest.current = actions;
  const shape = JSON.stringify(actions.map(({ run: _, ...rest }) => rest));
  useEffect(() => {
    const own = latest.current.map((action) => ({
      ...action,
      run: () => latest.current.find(({ id }) => id === action.id)?.run(),
    }));
    change([...sets, own]);
    return () => change(sets.filter((set) => set !== own));
  }, [shape]);
}

const subscribe = (watcher: () => void): (() => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** Everything that can be done now. */
export const useAllActions = (): readonly Action[] => useSyncExternalStore(subscribe, () => sets).flat();

const betweenStrokesMs = 1_000;
let before = '';
let beforeAt = 0;

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.matches('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]');

const answers = (action: Action, pressed: readonly string[]): boolean =>
  (action.keys ?? []).some((keys) => pressed.includes(keys));

/** An open layer answers its own keys: what lies under it must not move. */
const belongsToLayer = ({ target, code }: KeyboardEvent): boolean =>
  target instanceof Element &&
  (target.closest('[role=dialog], [role=menu], [role=listbox]') !== null ||
    (code === 'Escape' && target.matches('[aria-expanded=true]')));

/** Runs what the pressed key stands for. */
export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || belongsToLayer(event)) return;
  const pressed = strokes(event);
  const typing = isField(event.target);
  const silent = typing || !preferences().letterKeys;
  const fitting = pressed.filter((keys) => !(silent && isTyped(keys)));
  const action = sets.flat().findLast((candidate) => answers(candidate, fitting));
  if (!action) return;
  before = '';
  event.preventDefault();
  if (!action.disabledBecause) action.run();
}

/** The stroke by itself, after the one before it, and `?` wherever the layout has it. */
function strokes(event: KeyboardEvent & Stroke): string[] {
  const one = event.key === '?' ? 'Shift+Slash' : strokeName(event);
  const now = performance.now();
  const sequence = before && now - beforeAt < betweenStrokesMs ? [`${before} ${one}`] : [];
  if (!/^(Shift|Control|Alt|Meta)/.test(event.code)) [before, beforeAt] = [one, now];
  return [...sequence, one];
}
