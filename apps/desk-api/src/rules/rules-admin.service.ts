import { Injectable } from '@nestjs/common';
import { AccountsRepository } from '#libs/channels';
import { Database, type Db } from '#libs/database';
import { DeskError, type Fault } from '#libs/platform';
import { EventsRepository } from '#libs/queue';
import { type KeptRule, type RuleChange, type RuleDeclaration, RulesRepository } from '#libs/routing';
import { QueuesRepository } from '#libs/specialists';
import { mustBeAll } from '../queues/must-be-all.js';
import { mustMatch, type SeenVersions } from '../versions/version-tag.js';

/** Rules by which requests get kind, queue and priority, as supervisors change them. */
@Injectable()
export class RulesAdmin {
  constructor(
    private readonly database: Database,
    private readonly rules: RulesRepository,
    private readonly queues: QueuesRepository,
    private readonly accounts: AccountsRepository,
    private readonly events: EventsRepository,
  ) {}

  create(wish: RuleDeclaration): Promise<KeptRule> {
    return this.database.transaction(async (tx) => {
      await this.mustExist(tx, wish);
      const rule = await this.rules.add(tx, wish);
      if (!rule) throw new DeskError('conflict', 'refusal.ruleNameTaken');
      await this.tell(tx, rule.id);
      return rule;
    });
  }

  change(id: string, versions: SeenVersions, change: RuleChange): Promise<KeptRule> {
    return this.database.transaction(async (tx) => {
      const before = await this.rules.lock(tx, id);
      if (!before) throw new DeskError('not_found');
      mustMatch(versions, before.version);
      const isOn = (change.enabled ?? before.enabled) && !(change.archived ?? before.archivedAt !== null);
      // Only what decides must name what there is: a rule that is off may wait for its queue.
      if (isOn)
        await this.mustExist(tx, { when: change.when ?? before.condition, then: change.then ?? before.outcome });
      const rule = await this.rules.change(tx, id, change);
      if (!rule) throw new DeskError('conflict', 'refusal.ruleNameTaken');
      await this.tell(tx, id);
      return rule;
    });
  }

  /** The first that applies decides. */
  arrange(ids: readonly string[]): Promise<KeptRule[]> {
    return this.database.transaction(async (tx) => {
      mustBeAll(
        ids,
        (await this.rules.list(tx)).map(({ id }) => id),
      );
      await this.rules.arrange(tx, ids);
      await this.tell(tx, null);
      return this.rules.list(tx);
    });
  }

  /** Refuses queues, kinds and accounts that there are not, all at once, each with its place. */
  private async mustExist(tx: Db, { when = {}, then = {} }: RuleChange): Promise<void> {
    const queues = new Set((await this.queues.list(tx)).map(({ key }) => key));
    const kinds = new Set((await this.queues.kinds(tx)).map(({ key }) => key));
    const accounts = new Set((await this.accounts.list(tx)).map(({ name }) => name));
    const faults: Fault[] = [];
    const want = (known: ReadonlySet<string>, name: string | undefined, path: string, message: Fault['message']) => {
      if (name !== undefined && !known.has(name)) faults.push({ path, message });
    };
    want(queues, then.queue, 'then.queue', 'fault.noQueue');
    want(kinds, then.kind, 'then.kind', 'fault.noKind');
    when.kinds?.forEach((name, index) => want(kinds, name, `when.kinds.${index}`, 'fault.noKind'));
    when.accounts?.forEach((name, index) => want(accounts, name, `when.accounts.${index}`, 'fault.noAccount'));
    if (faults.length > 0) throw new DeskError('invalid_input', undefined, faults);
  }

  private tell(tx: Db, ruleId: string | null): Promise<void> {
    return this.events.add(tx, [{ type: 'desk.changed', data: { what: 'rules', id: ruleId } }]);
  }
}
