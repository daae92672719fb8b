const hurts = {
  hang() {
    for (;;);
  },
  die() {
    process.kill(process.pid, 'SIGKILL');
  },
  bomb() {
    for (const held = []; ;) held.push(Array.from({ length: 1_000_000 }, () => ({})));
  },
  flood() {
    for (const held = []; held.length < 1000;) held.push(Buffer.alloc(10_000_000, 1));
  },
  broken() {
    throw new Error('cannot be read');
  },
};

/** The wire format of the test channel: JSON `{ chat, text, files?, remote? }`; some texts hurt whoever reads them. */
export function readTalk({ externalKey, bytes }) {
  const { chat, text, files = [], remote } = JSON.parse(Buffer.from(bytes).toString('utf8'));
  hurts[text]?.();
  if (text === 'foreign') return { foreign: true };
  const attachments = files.map((_file, n) => ({
    name: `${n}.txt`,
    mediaType: 'text/plain',
    bytes: 0,
    content: `file:${n}`,
  }));
  if (remote) attachments.push({ name: 'r', mediaType: 'text/plain', bytes: 0, remote });
  const message = {
    v: 1,
    type: text === 'nonsense' ? 'nonsense' : 'message',
    externalId: externalKey,
    sender: { addresses: [{ kind: 'talk', value: chat, proof: 'wrote' }] },
    replyTo: chat,
    others: [],
    subject: '',
    text,
    attachments,
    thread: { references: [], subjectNumbers: [], conversation: chat },
    flags: [],
  };
  return { message, files: files.map((file) => Buffer.from(file)) };
}

export function normalize(raw) {
  const read = readTalk(raw);
  if (read.foreign) throw Object.assign(new Error('not for us'), { name: 'Refused', code: 'foreign' });
  return read;
}
