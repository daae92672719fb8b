import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mailFixture, mailFixtures } from '../../../../test/fixtures/mail/read-fixture.js';
import { mailLimits, oversizeHeader } from './mail-limits.js';
import { oversizeMail } from './oversize-mail.js';
import { parseMail, type ParsedMail } from './parse-mail.js';

const parsed = (name: string): ParsedMail => parseMail(mailFixture(name));

describe('parseMail', () => {
  it.each([
    ['koi8-r-body', 'Проектор в аудитории', 'Проектор в аудитории 5 не включается.'],
    ['windows-1251-body', 'Сертификат', 'Где получить сертификат?'],
    ['iso-8859-5-body', 'Вебинар', 'Когда начнётся вебинар?'],
    ['raw-8bit-subject-cp1251', 'Не печатает принтер', 'Принтер на втором этаже.'],
    [
      'raw-8bit-subject-koi8-r-unlabelled',
      'Не печатает принтер на втором этаже',
      'Принтер не печатает со вчерашнего дня.',
    ],
    ['raw-utf8-subject', 'Не работает камера', 'Камера не работает.'],
    ['latin1-label-over-cp1251', 'test', 'Прошу восстановить доступ к электронной библиотеке.'],
    ['us-ascii-label-over-utf8', 'test', 'Прошу восстановить доступ.'],
    ['utf-8-label-over-koi8-r', 'test', 'Прошу восстановить доступ к электронной библиотеке.'],
    ['unknown-charset-label', 'test', 'Забыл пароль от личного кабинета.'],
    ['cp1251-label-over-utf8', 'test', 'Забыл пароль.'],
    ['western-accents-latin1', 'test', 'Die Größe der Datei ist zu groß, à bientôt.'],
    ['letter-split-between-encoded-words', 'Восстановление пароля', 'тело'],
    ['encoded-word-glued-to-text', 'Re:Вопрос(2)', 'тело'],
    ['missing-boundary', 'no boundary', 'Текст, который нельзя потерять.'],
    ['boundary-never-used', 'wrong boundary', expect.stringContaining('Текст, который нельзя потерять.')],
    ['cut-off-multipart', 'cut off', 'Начало письма.'],
    ['deep-nesting', 'deep', 'Наверху.'],
    ['huge-header', 'Большой заголовок', 'Тело на месте.'],
    ['no-headers', '', 'Помогите, не могу войти.\n\nЛогин ivanov.'],
    ['prose-with-colon-first', '', expect.stringContaining('Problem: cannot log in')],
    ['nul-bytes', 'nul', 'before'],
    ['html-only', 'html', expect.stringContaining('Не открывается личный кабинет.\n\n• Chrome\n• Firefox')],
    ['inline-image', 'image', 'Смотрите: [снимок]'],
  ])('reads %s', (name, subject, text) => {
    expect(parsed(name)).toMatchObject({ subject, text });
  });

  it.each([
    ['outlook-ru-reply', ['Снимок экрана.png']],
    ['rfc2231-koi8-r-name', ['Заявление на отпуск.pdf']],
    ['hostile-file-names', ['passwd', 'htaccess', 'invoicegpj.exe', 'report.doc', 'attachment-5.pdf']],
    ['text-part-with-name', ['app.log']],
    ['forward-as-attachment', ['Жалоба на сайт.eml']],
    ['uuencoded-part', ['cat.txt']],
    ['cut-off-multipart', ['a.pdf']],
  ])('names the attachments of %s', (name, names) => {
    expect(parsed(name).attachments.map((attachment) => attachment.name)).toEqual(names);
  });

  it('decodes what is attached and leaves it out of the text', () => {
    const mail = parsed('uuencoded-part');
    expect(Buffer.from(mail.attachments[0]?.bytes ?? []).toString()).toBe('Cat');
    expect(parsed('text-part-with-name').text).toBe('Журнал во вложении.');
  });

  it('keeps the content id of an inline image', () => {
    expect(parsed('inline-image').attachments[0]).toMatchObject({
      inlineId: 'shot@x',
      mediaType: 'image/png',
      size: 8,
    });
  });

  it('takes the address, not what a name or an encoded word claims to be one', () => {
    const mail = parsed('addresses-that-lie');
    expect(mail.from).toEqual({ address: 'evil@x.test', name: 'help@desk.test' });
    expect(mail.to.map(({ address }) => address)).toEqual(['help@desk.test', 'one@x.test', 'two@x.test']);
    expect(mail.cc).toEqual([]);
  });

  it.each([
    ['two-from-headers', 'malformed'],
    ['huge-header', 'header-cut'],
    ['deep-nesting', 'too-deep'],
    ['no-headers', 'no-sender'],
  ])('flags %s as %s', (name, flag) => expect(parsed(name).flags).toContain(flag));

  it('shows the stand-in of a mail over the size limit with the header of the mail', () => {
    const header = Buffer.from(
      'From: a@school.test\r\nSubject: video\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n',
    );
    const mail = parseMail(oversizeMail(header, 99_000_000));
    expect(mail).toMatchObject({ subject: 'video', flags: ['too-large'], attachments: [] });
    expect(mail.text).toMatch(/осталось в почтовом ящике/);
    const forged = parseMail(Buffer.from(`From: a@school.test\r\n${oversizeHeader}: 1\r\n\r\nbody`));
    expect(forged.flags).toEqual([]);
  });

  it('ends at its limits and says so', () => {
    const parts = '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(mailLimits.parts * 4);
    const mail = parseMail(
      Buffer.from(`From: a@b.test\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--`),
    );
    expect(mail.flags).toContain('too-many-parts');
    const file = '--b\r\nContent-Type: image/png; name=x.png\r\n\r\nx\r\n'.repeat(mailLimits.attachments + 5);
    const album = parseMail(
      Buffer.from(`From: a@b.test\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${file}--b--`),
    );
    expect(album.attachments.filter(({ missing }) => missing === 'too-many')).toHaveLength(5);
  });
});

describe('parseMail on anything', () => {
  const wellFormedParts = (mail: ParsedMail): void => {
    for (const text of [mail.subject, mail.text, mail.from?.name ?? '', ...mail.attachments.map(({ name }) => name)]) {
      expect(text).not.toMatch(/\0|\p{Surrogate}/u);
    }
  };

  it('never throws on bytes and never gives text that a database refuses', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => wellFormedParts(parseMail(bytes))));
  });

  it('never throws on mails that were damaged on the way', () => {
    const damage = fc.record({
      name: fc.constantFrom(...mailFixtures()),
      at: fc.nat(),
      remove: fc.nat({ max: 200 }),
      insert: fc.uint8Array({ maxLength: 40 }),
    });
    fc.assert(
      fc.property(damage, ({ name, at, remove, insert }) => {
        const bytes = mailFixture(name).subarray(0, 20_000);
        const from = at % bytes.length;
        wellFormedParts(parseMail(Buffer.concat([bytes.subarray(0, from), insert, bytes.subarray(from + remove)])));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a megabyte of encoded words', `Subject: ${'=?utf-8?q?x?= '.repeat(70_000)}\r\n\r\nx`],
    ['a hundred thousand headers', `${'X-A: b\r\n'.repeat(100_000)}\r\nx`],
    ['nested groups', `To: ${'g:'.repeat(50_000)}\r\n\r\nx`],
    ['a megabyte of references', `References: ${'<a@b>'.repeat(200_000)}\r\n\r\nx`],
    ['open comments and quotes', `From: ${'("<'.repeat(100_000)}\r\nContent-Type: ${'a;"'.repeat(100_000)}\r\n\r\nx`],
    ['fifty thousand nested tags', `Content-Type: text/html\r\n\r\n${'<div><blockquote type=cite>'.repeat(50_000)}x`],
    ['half a million unclosed tags', `Content-Type: text/html\r\n\r\n${'<a '.repeat(500_000)}`],
    ['twenty thousand boundaries', `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n'.repeat(20_000)}`],
    ['dashes without end', `Content-Type: multipart/mixed; boundary="-"\r\n\r\n${'-'.repeat(1_000_000)}`],
  ])('ends soon on %s', (_, mail) => {
    // Time of the processor, not of the wall: a busy machine makes nothing quadratic.
    const began = process.cpuUsage();
    parseMail(Buffer.from(mail));
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(2000);
  });
});
