import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** What stands behind the characters that somebody typed, or that a telephone exchange signalled, as a number. */
export type PhoneNumber =
  /** A number of the public network, in E.164, and the extension behind it. */
  | { readonly kind: 'public'; readonly phone: string; readonly extension: string | undefined }
  /** A short number of the house or of a service (`101`, `112`): means something here only, so never in E.164. */
  | { readonly kind: 'internal'; readonly phone: string }
  /** The caller hid the number. */
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'invalid' };

/** The longest number that is looked up as an internal one. */
const internalDigits = 5;

/** `SIP/101-0000`, `PJSIP/101`, `sip:101@pbx.local`: how exchanges name their own extensions. */
const exchangeName = new RegExp(`^(?:pj)?(?:sip|iax2|sccp|local)[/:](\\d{1,${internalDigits}})(?:[-@].*)?$`, 'i');
const shortNumber = new RegExp(`^\\d{1,${internalDigits}}$`);
const hidden =
  /^(?:anonymous|unknown|unavailable|restricted|private|withheld|скрыт(?:ый)?|аноним(?:ный)?|не определ[её]н)(?: ?(?:номер|number))?$/i;
/** Words for an extension that the library does not know. */
const extensionWords = /[\s,;]*(?:внутр(?:енний)?|вн|добавочный)\.?\s*(?=\d)/i;

const separators = /[\s()\-.–—]/g;

/**
 * Reads a phone number as people write it, or as programs do (`tel:`, RFC 3966). `region` is the country of numbers without a country code. Short,
 * internal and hidden numbers are caught first: the library would make `+7101` of `101`.
 */
export function readPhoneNumber(given: string, region: string): PhoneNumber {
  const text = withoutScheme(given.trim());
  if (hidden.test(text)) return { kind: 'anonymous' };
  const internal = exchangeName.exec(text)?.[1] ?? shortNumber.exec(text.replace(separators, ''))?.[0];
  if (internal) return { kind: 'internal', phone: internal };
  const plain = text.replace(extensionWords, ' доб. ');
  return parse(plain, region) ?? parse(plain.replace(/^00/, '+'), region) ?? { kind: 'invalid' };
}

/** Of a `tel:` URI what the library reads by itself: number, place that a local number is of, and extension. */
function withoutScheme(text: string): string {
  const [, number = '', parameters = ''] = /^tel:([^;]*)(.*)$/i.exec(text) ?? [];
  if (!number) return text;
  const plain = number.replace(/%2b/i, '+');
  const context = /;phone-context=(\+[\d().-]+)/i.exec(parameters)?.[0] ?? '';
  const extension = /;ext=([\d().-]+)/i.exec(parameters)?.[0].replace(separators, '') ?? '';
  const isLocal = !plain.startsWith('+') && !shortNumber.test(plain);
  return `${plain}${isLocal ? context : ''}${extension}`;
}

function parse(text: string, region: string): PhoneNumber | undefined {
  const country: CountryCode | undefined = isSupportedCountry(region) ? region : undefined;
  const number = parsePhoneNumberFromString(text, { ...(country && { defaultCountry: country }), extract: false });
  if (!number?.isValid()) return undefined;
  return { kind: 'public', phone: number.number, extension: number.ext };
}
