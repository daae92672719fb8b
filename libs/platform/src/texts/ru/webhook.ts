/** What became of a delivery of a webhook that was not taken, by its reason. */
export const webhook = {
  address: 'Служба не соединяется с этим адресом',
  'unknown-host': 'Такого имени нет',
  unreachable: 'Получатель не отвечает',
  tls: 'Сертификат получателя не принят',
  timeout: 'Получатель не ответил вовремя',
  redirect: 'Получатель отсылает на другой адрес, а туда доставка не идёт',
  status: 'Получатель не принял',
  internal: 'Внутренняя ошибка',
} as const;
