import type { Charset } from '../support/encode-text.js';
import { writeMail } from '../support/write-mail.js';

const charsets: readonly Charset[] = ['utf-8', 'koi8-r', 'windows-1251'];
const sentence = 'Здравствуйте! Не открывается третье занятие курса, страница просит войти снова, пароль подходит. ';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const idOf = (n: number, to: string): string => `bench-${n}-${to.split('@')[0]}@school.test`;
/** Three of ten are replies: to a new mail among the three hundred before. */
const isReply = (n: number): boolean => n >= 10 && n % 10 < 3;
const repliedTo = (n: number): number => {
  const back = n - 7 - ((n * 7) % 300);
  const target = Math.max(3, back);
  return target - (target % 10) + 3 + (target % 7);
};

/** The mails of the bench: the same at every run; 70 % new, 30 % replies, three charsets, every fifth with a file. */
export function benchMails(count: number, to: string): { readonly raws: string[]; readonly replies: number } {
  const raws = Array.from({ length: count }, (_, n) => mail(n, to));
  return { raws, replies: Array.from({ length: count }, (_, n) => n).filter(isReply).length };
}

function mail(n: number, to: string): string {
  const reply = isReply(n) ? repliedTo(n) : undefined;
  const about = reply ?? n;
  const from = `student${about % 700}@school.test`;
  const inReplyTo = reply === undefined ? undefined : idOf(reply, to);
  return writeMail({
    from,
    fromName: `Студент ${about % 700}`,
    to,
    messageId: idOf(n, to),
    subject: `${reply === undefined ? '' : 'Re: '}Занятие ${about}`,
    text: sentence.repeat(3 + (n % 9)),
    charset: charsets[n % 3] as Charset,
    ...(inReplyTo && { inReplyTo, references: [inReplyTo] }),
    ...(n % 5 === 0 && {
      // A picture of its own: equal files would be stored once.
      attachment: {
        name: `снимок ${n}.png`,
        type: 'image/png',
        bytes: Buffer.concat([png, Buffer.from(String(n).repeat(800))]),
      },
    }),
  });
}
