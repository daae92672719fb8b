/** What became of a delivery of a webhook that was not taken, by its reason. */
export const webhook = {
  address: 'The desk does not connect to this address',
  'unknown-host': 'There is no such name',
  unreachable: 'The receiver does not answer',
  tls: 'The certificate of the receiver is not accepted',
  timeout: 'The receiver did not answer in time',
  redirect: 'The receiver points elsewhere, and no delivery goes there',
  status: 'The receiver did not take it',
  internal: 'Internal fault',
} as const;
