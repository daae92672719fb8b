import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, desk } from '../../api/desk.client.js';
import { toastDone } from '../../parts/toasts.js';
import { useText } from '../../texts/use-text.js';
import type { Worker } from './staffing.js';

export type WorkerChange = Partial<Pick<Worker, 'presence' | 'capacity'>>;

/** Says for somebody whether they take work, and how much at once. */
export function useWorkerSettings(id: string) {
  const { say } = useText();
  const queries = useQueryClient();
  const params = { path: { id } };
  return useMutation({
    mutationFn: async ({ presence, capacity }: WorkerChange) => {
      if (presence) await ask(desk.PUT('/api/v1/specialists/{id}/presence', { params, body: { presence } }));
      if (capacity !== undefined) {
        await ask(desk.PUT('/api/v1/specialists/{id}/capacity', { params, body: { capacity } }));
      }
    },
    onSuccess: () => toastDone(say('wallboard.changedWorker')),
    onSettled: () => queries.invalidateQueries({ queryKey: ['load'] }),
  });
}
