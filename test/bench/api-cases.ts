/** A request of the bench, put together anew for every measuring. */
export type Case = (random: () => number) => string;

const pick = <Item>(random: () => number, items: readonly Item[]): Item =>
  items[Math.floor(random() * items.length)] as Item;
const day = 86_400_000;
const daysAgo = (days: number): string => encodeURIComponent(new Date(Date.now() - days * day).toISOString());
const somewhere = (random: () => number): number => Math.floor(random() * 1_700) + 30;
const q = (text: string): string => `q=${encodeURIComponent(text)}`;
const open = 'state=waiting,open,pending';

/** A position in a list as its cursor holds it. */
const cursor = (order: string, at: Date): string =>
  Buffer.from(JSON.stringify([order, at.toISOString().replace('Z', '000Z'), '500000'])).toString('base64url');

/** Pages of lists by their name. */
export const lists: Readonly<Record<string, Case>> = {
  'latest change': () => '',
  newest: () => 'order=newest',
  'longest waiting': () => 'order=waiting',
  'not done': () => open,
  'not done, newest': () => `${open}&order=newest`,
  closed: () => 'state=closed',
  waiting: () => 'state=waiting',
  'my work': () => `${open}&assignee=me`,
  unassigned: () => `${open}&assignee=none`,
  'of a specialist': (random) => `assignee=${1 + Math.floor(random() * 49)}`,
  'of a specialist, not done, longest waiting': (random) =>
    `assignee=${1 + Math.floor(random() * 49)}&${open}&order=waiting`,
  'of a queue': (random) => `queue=${1 + Math.floor(random() * 10)}`,
  'of a queue, not done': (random) => `queue=${1 + Math.floor(random() * 10)}&${open}`,
  'of two queues, waiting': () => 'queue=3,7&state=waiting',
  'of a queue that is used no more': () => 'queue=11',
  'of a queue that is used no more, newest': () => 'queue=11&order=newest',
  'of a queue that is used no more, not done': () => `queue=11&${open}`,
  'by channel': (random) => `channel=${pick(random, ['email', 'form', 'telegram', 'phone'])}`,
  'by kind': (random) => `kind=k${1 + Math.floor(random() * 8)}`,
  'by kind and channel and queue': () => 'kind=k7&channel=phone&queue=8',
  'by priority': () => 'priority=10',
  'of a requester': (random) => `requester=${1 + Math.floor(random() * 100_000)}`,
  'created in a month': (random) => {
    const days = somewhere(random);
    return `createdFrom=${daysAgo(days)}&createdTo=${daysAgo(days - 30)}&order=newest`;
  },
  'changed in a week': (random) => {
    const days = somewhere(random);
    return `updatedFrom=${daysAgo(days)}&updatedTo=${daysAgo(days - 7)}`;
  },
  'deep in the list': (random) => `cursor=${cursor('latest', new Date(Date.now() - somewhere(random) * day))}`,
  'deep in a queue': (random) => `queue=2&cursor=${cursor('latest', new Date(Date.now() - somewhere(random) * day))}`,
};

const number = (random: () => number): number => 1_001 + Math.floor(random() * 1_000_000);
const rareWord = (random: () => number): string =>
  `ша${pick(random, ['во', 'ги', 'ду', 'же'])}${pick(random, ['ба', 'ки', 'ло', 'ме'])}ность`;

/** Searches by their name. */
export const searches: Readonly<Record<string, Case>> = {
  number: (random) => q(`№${number(random)}`),
  'number alone': (random) => q(String(number(random))),
  'word of every third ticket': (random) => q(pick(random, ['пароль', 'курс', 'доступ'])),
  'two such words': () => q('пароль регистрация'),
  'two such words that never meet': () => q('вебинар expired'),
  'rare word': (random) => q(rareWord(random)),
  'rare word and one of every third': (random) => q(`пароль ${rareWord(random)}`),
  'word that nobody wrote': () => q('птеродактиль'),
  'beginning, one letter': (random) => q(pick(random, [...'пквнбш'])),
  'beginning, three letters': (random) => q(pick(random, ['пар', 'баб', 'кур', 'шав'])),
  'beginning, four letters': (random) => q(pick(random, ['паро', 'бабо', 'шаво', 'кабе'])),
  'beginning that nobody wrote': () => q('птер'),
  'word and beginning': (random) => q(`пароль ${pick(random, ['б', 'баб', 'шаво', 'птеро'])}`),
  'wrong layout': (random) => q(pick(random, ['gfhjkm', 'rehc', 'lkz,b,kbjntrb', 'зфыыцщкв'])),
  phone: (random) => q(`8 (916) ${String(Math.floor(random() * 100_000)).padStart(7, '0')}`),
  'end of a phone': (random) => q(String(Math.floor(random() * 100_000)).padStart(7, '0')),
  address: (random) => q(`user${Math.floor(random() * 100_000)}@mail`),
  name: (random) => q(pick(random, ['Иванова', 'Пётр Смирнов', 'Сидоров'])),
  'name and word': () => q('Кузнецов Светлана консультация'),
  'in my work': () => `${open}&assignee=me&${q('пароль')}`,
  'in a queue that is used no more': () => `queue=11&${q('пароль')}`,
  'in a queue that is used no more, latest change': () => `queue=11&order=latest&${q('пароль')}`,
  'of a specialist': (random) => `assignee=${1 + Math.floor(random() * 49)}&${q('пароль')}`,
  'not done': () => `${open}&${q('вебинар')}`,
  'rare word, not done, longest waiting': (random) => `${open}&order=waiting&${q(rareWord(random))}`,
  'closed, latest change': () => `state=closed&order=latest&${q('курс')}`,
  'much of everything': () => q('не могу войти в личный кабинет пароль не подходит'),
};
