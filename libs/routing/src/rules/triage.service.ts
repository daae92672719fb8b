import { Injectable } from '@nestjs/common';
import { AccountsRepository, type ReadyRow } from '#libs/channels';
import type { Db } from '#libs/database';
import { QueuesRepository } from '#libs/specialists';
import { requesterLocale } from '#libs/tickets';
import { evaluateRules, type RuleDecision, type RuleFacts } from './evaluate-rules.js';
import { RulesRepository } from './rules.repository.js';

/** Gives new requests their kind, queue and priority by the rules as they are now. */
@Injectable()
export class TriageService {
  constructor(
    private readonly rules: RulesRepository,
    private readonly queues: QueuesRepository,
    private readonly accounts: AccountsRepository,
  ) {}

  /** One decision for each row, in their order. */
  async decide(tx: Db, rows: readonly ReadyRow[]): Promise<readonly RuleDecision[]> {
    if (rows.length === 0) return [];
    const rules = await this.rules.enabled(tx);
    const queues = await this.queues.list(tx);
    const kinds = await this.queues.kinds(tx);
    const accounts = new Map((await this.accounts.list(tx)).map(({ id, name }) => [id, name]));
    const to = {
      queues: new Map(queues.map(({ key, id }) => [key, id])),
      kinds: new Set(kinds.map(({ key }) => key)),
    };
    return rows.map((row) => evaluateRules(rules, factsOf(row, accounts.get(row.accountId) ?? ''), to));
  }
}

function factsOf({ message, channel, accountQueueId }: ReadyRow, account: string): RuleFacts {
  const { subject, text, visibleText, requestKind, sender } = message;
  const mail = sender.addresses.find(({ kind }) => kind === 'email')?.value;
  return {
    subject,
    text: visibleText ?? text,
    channel,
    account,
    requestKind,
    senderDomain: mail?.slice(mail.lastIndexOf('@') + 1).toLowerCase(),
    locale: requesterLocale(message),
    accountQueueId,
  };
}
