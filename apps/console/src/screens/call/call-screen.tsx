import { useNavigate, useRouter } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useActions } from '../../actions/actions.store.js';
import { DeskProblem } from '../../api/problem.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { ProblemView } from '../../parts/problem-view.js';
import { useText } from '../../texts/use-text.js';
import { CallAbout } from './call-about.js';
import { CallFoot } from './call-foot.js';
import { CallHead } from './call-head.js';
import { type Missing, missingOf } from './call-entry.js';
import { kindsQuery } from './call.query.js';
import styles from './call.module.css';
import { Caller } from './caller.js';
import { Kinds } from './kinds.js';
import { useCallForm } from './use-call-form.js';
import { WaitingCalls } from './waiting-calls.js';

/** A phone call, written down by keys alone while people talk. */
export function CallScreen() {
  const { say } = useText();
  const navigate = useNavigate();
  const { history } = useRouter();
  const leave = (): void => (history.canGoBack() ? history.back() : void navigate({ to: '/' }));
  useActions([{ id: 'call.leave', group: say('call.title'), title: say('call.leave'), keys: ['Escape'], run: leave }]);
  return (
    <div className={styles.page}>
      <CallForm
        onSaved={(id) => (id ? void navigate({ to: '/tickets/$id', params: { id }, replace: true }) : leave())}
      />
      <WaitingCalls />
    </div>
  );
}

function CallForm({ onSaved }: { readonly onSaved: (ticketId?: string) => void }) {
  const form = useCallForm({ onSaved });
  const { entry, change } = form;
  const { data, isPending } = useQuery(kindsQuery);
  const kinds = data?.items ?? [];
  const [missing, setMissing] = useState<readonly Missing[]>([]);
  const place = useRef<HTMLFormElement>(null);
  const focus = (field: Missing): void => place.current?.querySelector<HTMLElement>(`[data-field=${field}]`)?.focus();
  const save = (opens: boolean): void => {
    const lacking = missingOf(entry, kinds.length > 0, Date.now());
    setMissing(lacking);
    if (lacking[0]) focus(lacking[0]);
    else form.save(opens);
  };
  const shown = missingOf(entry, kinds.length > 0, Date.now()).filter((field) => missing.includes(field));
  const parts = { entry, change, missing: shown };
  const toText = (): void => focus('text');
  return (
    <form ref={place} className={styles.form} noValidate onSubmit={(event: FormEvent) => event.preventDefault()}>
      <CallHead {...parts} />
      {entry.problem && <ProblemView problem={new DeskProblem(entry.problem)} />}
      <Caller {...parts} kinds={kinds} onSettled={toText} />
      {isPending ? <LoadingRows count={2} /> : <Kinds {...parts} kinds={kinds} onChosen={toText} />}
      <CallAbout {...parts} />
      <CallFoot isSaving={form.isSaving} onSave={save} onClear={form.clear} />
    </form>
  );
}
