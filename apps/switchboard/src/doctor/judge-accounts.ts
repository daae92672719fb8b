import type { AccountReport } from '#libs/channels';
import type { Locale } from '#libs/contracts';
import { text, troubleText } from '#libs/platform';
import type { Finding } from './finding.js';

/** What trying the accounts of one gateway showed; nothing came when its process could not do it. */
export interface GatewayReport {
  readonly gateway: string;
  readonly accounts: readonly AccountReport[] | undefined;
}

/** One finding for each account that works, and one for each step that does not. */
export function judgeAccounts(reports: readonly GatewayReport[], locale: Locale): Finding[] {
  const findings = reports.flatMap(({ gateway, accounts }): Finding[] => {
    if (accounts) return accounts.flatMap((account) => judgeAccount(account, locale));
    const said = text(locale, 'doctor.account.unknown', { gateway });
    return [{ level: 'bad', text: said, advice: text(locale, 'doctor.account.unknownAdvice') }];
  });
  if (findings.length > 0) return findings;
  const advice = text(locale, 'doctor.account.noneAdvice');
  return [{ level: 'note', text: text(locale, 'doctor.account.none'), advice }];
}

function judgeAccount({ channel, name, checks }: AccountReport, locale: Locale): Finding[] {
  const bad = checks.filter(({ ok }) => !ok);
  if (bad.length === 0) return [{ level: 'good', text: text(locale, 'doctor.account.good', { channel, name }) }];
  return bad.map(({ step, code = 'internal', detail }) => {
    const known = troubleText(locale, code);
    const reason = detail ? `${known} (${detail})` : known;
    return {
      level: 'bad',
      text: text(locale, 'doctor.account.bad', { channel, name, step, reason }),
      advice: text(locale, 'doctor.account.advice'),
    };
  });
}
