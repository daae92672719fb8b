import { fileURLToPath } from 'node:url';
import type { Locale } from '#libs/contracts';
import { RoleProcess } from './role-process.service.js';
import { roleNames, type RoleName } from './role-environment.js';

export interface Roles {
  /** Port that people use. */
  readonly port: number;
  /** Ends every role and waits for it: gateways and router first, so that nothing new is begun. */
  stop(): Promise<void>;
}

const mainOf = (role: RoleName): string => fileURLToPath(new URL(`../../../${role}/src/main.js`, import.meta.url));

/**
 * Starts all roles at once. desk-api opens its port last, when the others are ready: whoever sees the desk
 * answer may rely on the whole of it. When one cannot start, all are stopped and its reason is thrown.
 */
export async function startRoles(
  environmentOf: (role: RoleName) => Record<string, string | undefined>,
  { say, locale }: { say: (line: string) => void; locale: Locale },
): Promise<Roles> {
  const made = roleNames.map((name) => ({
    name,
    role: new RoleProcess({ name, main: mainOf(name), env: environmentOf(name), say, locale }),
  }));
  const stop = async (): Promise<void> => {
    await Promise.all(made.filter(({ name }) => name !== 'desk-api').map(({ role }) => role.stop()));
    await Promise.all(made.map(({ role }) => role.stop()));
  };
  const desk = made.find(({ name }) => name === 'desk-api')!.role;
  try {
    const others = made.filter(({ role }) => role !== desk).map(({ role }) => role.start());
    const port = desk.start();
    port.catch(() => undefined);
    await Promise.all(others);
    desk.open();
    return { port: await port, stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
}
