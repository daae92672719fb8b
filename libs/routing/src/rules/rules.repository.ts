import { Injectable } from '@nestjs/common';
import { rows, type Db } from '#libs/database';
import type { Rule, RuleDeclaration } from './rule.js';

/** A rule as those see it who change it. */
export interface KeptRule extends Rule {
  readonly enabled: boolean;
  readonly position: number;
  readonly archivedAt: Date | null;
  readonly version: number;
}

export type RuleChange = {
  readonly [Key in keyof RuleDeclaration]?: RuleDeclaration[Key] | undefined;
} & { readonly archived?: boolean | undefined };

const columns = 'id, name, condition, outcome, enabled, position, retired_at as "archivedAt", version';

/** SQL of `rule`. */
@Injectable()
export class RulesRepository {
  /** Rules that are on, in their order. */
  enabled(db: Db): Promise<Rule[]> {
    const sql = `
      select id, name, condition, outcome from rule where enabled and retired_at is null order by position, id`;
    return rows(db, sql);
  }

  /** All rules, in their order; with `retired` also those of which only old decisions tell. */
  list(db: Db, retired = false): Promise<KeptRule[]> {
    return rows(db, `select ${columns} from rule where retired_at is null or $1 order by position, id`, [retired]);
  }

  async lock(tx: Db, id: string): Promise<KeptRule | undefined> {
    return (await rows<KeptRule>(tx, `select ${columns} from rule where id = $1 for update`, [id]))[0];
  }

  /** Adds a rule after the others; nothing when there is one of that name. */
  async add(db: Db, { name, enabled, when, then }: RuleDeclaration): Promise<KeptRule | undefined> {
    const sql = `
      insert into rule (position, name, condition, outcome, enabled)
      select coalesce(max(position) + 1, 1), $1, $2::jsonb, $3::jsonb, $4 from rule
      on conflict (name) do nothing returning ${columns}`;
    return (await rows<KeptRule>(db, sql, [name, JSON.stringify(when), JSON.stringify(then), enabled]))[0];
  }

  /** Changes a rule; nothing when another one has the new name. */
  async change(tx: Db, id: string, { name, enabled, when, then, archived }: RuleChange): Promise<KeptRule | undefined> {
    const sql = `
      update rule set name = coalesce($2, name), enabled = coalesce($3, enabled), condition = coalesce($4::jsonb, condition),
        outcome = coalesce($5::jsonb, outcome), version = version + 1,
        retired_at = case when $6::boolean is null then retired_at when $6 then coalesce(retired_at, now()) end
      where id = $1 and not exists (select from rule o where o.name = $2 and o.id <> $1) returning ${columns}`;
    const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
    const values = [id, name ?? null, enabled ?? null, json(when), json(then), archived ?? null];
    return (await rows<KeptRule>(tx, sql, values))[0];
  }

  /** Puts the rules into this order. */
  async arrange(tx: Db, ids: readonly string[]): Promise<void> {
    const sql = `
      update rule r set position = o.n, version = version + 1
      from unnest($1::bigint[]) with ordinality as o (id, n) where r.id = o.id and position <> o.n`;
    await rows(tx, sql, [ids]);
  }

  /**
   * Makes the declared rules all that there are; a rule that keeps its name keeps its id, the others are archived:
   * decisions name them.
   */
  async replace(tx: Db, rules: readonly RuleDeclaration[]): Promise<void> {
    const declared = JSON.stringify(rules);
    await rows(
      tx,
      `with declared as (
         select e.item ->> 'name' as name from jsonb_array_elements($1::jsonb) as e (item)
       ), gone as (
         update rule set retired_at = now(), version = version + 1
         where retired_at is null and name not in (select name from declared)
       ),
       changed as (
         update rule r set position = e.n, condition = e.item -> 'when', outcome = e.item -> 'then',
           enabled = (e.item ->> 'enabled')::boolean, retired_at = null,
           version = version + ((r.position, r.condition, r.outcome, r.enabled, r.retired_at) is distinct from
             (e.n, e.item -> 'when', e.item -> 'then', (e.item ->> 'enabled')::boolean, null))::int
         from jsonb_array_elements($1::jsonb) with ordinality as e (item, n) where r.name = e.item ->> 'name'
         returning r.name
       )
       insert into rule (position, name, condition, outcome, enabled)
       select e.n, e.item ->> 'name', e.item -> 'when', e.item -> 'then', (e.item ->> 'enabled')::boolean
       from jsonb_array_elements($1::jsonb) with ordinality as e (item, n)
       where e.item ->> 'name' not in (select name from changed) order by e.n`,
      [declared],
    );
  }
}
