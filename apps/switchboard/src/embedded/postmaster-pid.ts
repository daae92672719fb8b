/** What a running server writes into `postmaster.pid` of its data folder (PostgreSQL docs, 66.1). */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** Lines 1 and 4 are the process and the port; a file half written gives nothing. */
export function readPostmasterPid(text: string): Postmaster | undefined {
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return Number.isInteger(pid) && pid > 0 && Number.isInteger(port) && port > 0 ? { pid, port } : undefined;
}
