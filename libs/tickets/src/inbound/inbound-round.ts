import type { ReadyRow, RowFate } from '#libs/channels';
import type { DeskEvent, RequesterId } from '#libs/contracts';
import type { NewDecision } from '../decision.js';

/** An inbound row together with who wrote it; undefined where a program wrote that nobody knows. */
export interface InboundItem {
  readonly row: ReadyRow;
  readonly requesterId: RequesterId | undefined;
}

/** Collects what one round of routing ends in, so that each kind of effect is written in one statement. */
export class InboundRound {
  readonly fates: RowFate[] = [];
  readonly events: DeskEvent[] = [];
  readonly decisions: NewDecision[] = [];
  private readonly waiting = new Map<string, Set<string>>();

  end(fate: RowFate): void {
    this.fates.push(fate);
  }

  tell(event: DeskEvent): void {
    this.events.push(event);
  }

  explain(decision: NewDecision): void {
    this.decisions.push(decision);
  }

  /** To be put on the queue once the round is committed. */
  ring(job: string, ids: readonly string[]): void {
    const known = this.waiting.get(job) ?? new Set();
    for (const id of ids) known.add(id);
    this.waiting.set(job, known);
  }

  get bells(): readonly { readonly job: string; readonly ids: readonly string[] }[] {
    return [...this.waiting].filter(([, ids]) => ids.size > 0).map(([job, ids]) => ({ job, ids: [...ids] }));
  }
}
