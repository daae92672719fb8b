import { Injectable } from '@nestjs/common';
import { rows, type Db } from '#libs/database';
import type { Rule, RuleDeclaration } from './rule.js';

/** SQL of `rule`. */
@Injectable()
export class RulesRepository {
  /** Rules that are on, in their order. */
  enabled(db: Db): Promise<Rule[]> {
    return rows(db, 'select id, name, condition, outcome from rule where enabled order by position, id');
  }

  /** All rules, in their order. */
  list(db: Db): Promise<(Rule & { enabled: boolean })[]> {
    return rows(db, 'select id, name, condition, outcome, enabled from rule order by position, id');
  }

  /** Makes the declared rules all that there are; a rule that keeps its name keeps its id. */
  async replace(tx: Db, rules: readonly RuleDeclaration[]): Promise<void> {
    const declared = JSON.stringify(rules);
    await rows(
      tx,
      `with declared as (
         select e.item ->> 'name' as name from jsonb_array_elements($1::jsonb) as e (item)
       ), gone as (delete from rule where name not in (select name from declared)),
       changed as (
         update rule r set position = e.n, condition = e.item -> 'when', outcome = e.item -> 'then',
           enabled = (e.item ->> 'enabled')::boolean
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
