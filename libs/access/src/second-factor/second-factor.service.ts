import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PersonId } from '#libs/contracts';
import { Database, type Db } from '#libs/database';
import { DeskError, PlatformConfig, Secrets } from '#libs/platform';
import type { PersonPrincipal } from '../principal.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { readRecoveryCode, recoveryCodeBytes, recoveryCodes, writeRecoveryCode } from './recovery-code.js';
import { SecondFactorRepository, type TotpRow } from './second-factor.repository.js';
import { matchStep, totpSecretBytes, totpUrl, writtenSecret } from './totp.js';

/** What a person answers when asked for the second factor. */
export type SecondFactorProof = { readonly code: string } | { readonly recoveryCode: string };

export interface SecondFactorState {
  readonly enabledAt: Date | null;
  readonly recoveryCodesLeft: number;
}

export interface Enrolment {
  /** To be typed by hand. */
  readonly secret: string;
  /** To be drawn as a QR code. */
  readonly url: string;
}

type Verdict = { readonly right: true } | { readonly right: false; readonly waitMs: number };

/** Codes of an authenticator program as a second factor, with recovery codes for the day on which the phone is lost. */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly database: Database,
    private readonly factors: SecondFactorRepository,
    private readonly sessions: SessionsRepository,
    private readonly secrets: Secrets,
    private readonly config: PlatformConfig,
  ) {}

  async state({ id }: PersonPrincipal): Promise<SecondFactorState> {
    const row = await this.factors.get(this.database.db, id);
    const recoveryCodesLeft = row?.confirmedAt ? await this.factors.codesLeft(this.database.db, id) : 0;
    return { enabledAt: row?.confirmedAt ?? null, recoveryCodesLeft };
  }

  /** Whether signing in needs the second factor. */
  async isOn(personId: PersonId): Promise<boolean> {
    return (await this.factors.get(this.database.db, personId))?.confirmedAt != null;
  }

  /** A fresh secret, which changes nothing until a code of it confirms that the person's program has it. */
  async begin({ id, email }: PersonPrincipal): Promise<Enrolment> {
    const secret = randomBytes(totpSecretBytes);
    if (!(await this.factors.begin(this.database.db, id, this.secrets.seal(secret.toString('base64'))))) {
      throw new DeskError('conflict', 'refusal.secondFactorOn');
    }
    return { secret: writtenSecret(secret), url: totpUrl(secret, this.config.DESK_NAME, email) };
  }

  /**
   * Turns the second factor on by its first code and gives the recovery codes, which nobody can read again. Sessions
   * that a password alone opened end, but the one that asks.
   */
  async confirm({ id, session }: PersonPrincipal, code: string): Promise<readonly string[]> {
    return this.judged(async (tx) => {
      const row = await this.factors.lock(tx, id);
      if (!row || row.confirmedAt) throw new DeskError('conflict', 'refusal.nothingToConfirm');
      const verdict = await this.judge(tx, id, row, { code });
      if (!verdict.right) return verdict;
      await this.sessions.endOthers(tx, id, Buffer.from(session, 'hex'));
      return { right: true, value: await this.renewCodes(tx, id) };
    });
  }

  /** New recovery codes in the place of the old ones. */
  async remakeCodes({ id }: PersonPrincipal, code: string): Promise<readonly string[]> {
    return this.judged(async (tx) => {
      const verdict = await this.judge(tx, id, await this.mustBeOn(tx, id), { code });
      return verdict.right ? { right: true, value: await this.renewCodes(tx, id) } : verdict;
    });
  }

  /** Turns the second factor off for whoever shows it once more. */
  async turnOff({ id, session }: PersonPrincipal, proof: SecondFactorProof): Promise<void> {
    await this.judged(async (tx) => {
      const verdict = await this.judge(tx, id, await this.mustBeOn(tx, id), proof);
      if (!verdict.right) return verdict;
      await this.factors.remove(tx, id);
      await this.sessions.endOthers(tx, id, Buffer.from(session, 'hex'));
      return { right: true, value: undefined };
    });
  }

  /** Takes the second factor off somebody who lost it; their sessions end. */
  async takeOff(personId: PersonId): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await this.factors.remove(tx, personId))) throw new DeskError('not_found');
      await this.sessions.endAll(tx, personId);
    });
  }

  /** Refuses a wrong or used answer, and any answer for a while after several wrong ones. */
  async prove(personId: PersonId, proof: SecondFactorProof): Promise<void> {
    await this.judged(async (tx) => {
      const verdict = await this.judge(tx, personId, await this.mustBeOn(tx, personId), proof);
      return verdict.right ? { right: true, value: undefined } : verdict;
    });
  }

  /** A refusal is thrown after the commit only: a wrong try must be counted. */
  private async judged<Value>(
    work: (tx: Db) => Promise<{ right: true; value: Value } | (Verdict & { right: false })>,
  ): Promise<Value> {
    const outcome = await this.database.transaction(work);
    if (outcome.right) return outcome.value;
    if (outcome.waitMs === 0) throw new DeskError('wrong_code');
    throw new DeskError('too_many_requests', { text: 'refusal.repeatIn', seconds: Math.ceil(outcome.waitMs / 1000) });
  }

  private async judge(tx: Db, personId: PersonId, row: TotpRow, proof: SecondFactorProof): Promise<Verdict> {
    if (row.waitMs > 0) return { right: false, waitMs: row.waitMs };
    const right =
      'code' in proof
        ? await this.useCode(tx, personId, row, proof.code)
        : await this.useRecoveryCode(tx, personId, proof.recoveryCode);
    if (right) return { right };
    await this.factors.failed(tx, personId);
    return { right, waitMs: 0 };
  }

  private async useCode(tx: Db, personId: PersonId, row: TotpRow, typed: string): Promise<boolean> {
    const secret = Buffer.from(this.secrets.unseal(row.secret), 'base64');
    const step = matchStep(secret, typed, Date.now(), row.lastStep);
    if (step === undefined) return false;
    await this.factors.used(tx, personId, step);
    return true;
  }

  private async useRecoveryCode(tx: Db, personId: PersonId, typed: string): Promise<boolean> {
    const code = readRecoveryCode(typed);
    if (!code || !(await this.factors.useCode(tx, personId, this.codeMac(personId, code)))) return false;
    await this.factors.used(tx, personId, 0);
    return true;
  }

  private async renewCodes(tx: Db, personId: PersonId): Promise<readonly string[]> {
    const codes = Array.from({ length: recoveryCodes }, () => writeRecoveryCode(randomBytes(recoveryCodeBytes)));
    const macs = codes.map((code) => this.codeMac(personId, readRecoveryCode(code) ?? code));
    await this.factors.replaceCodes(tx, personId, macs);
    return codes;
  }

  private async mustBeOn(tx: Db, personId: PersonId): Promise<TotpRow> {
    const row = await this.factors.lock(tx, personId);
    if (!row?.confirmedAt) throw new DeskError('conflict', 'refusal.secondFactorOff');
    return row;
  }

  private codeMac(personId: PersonId, code: string): string {
    return this.secrets.mac('recovery-code', `${personId}:${code}`);
  }
}
