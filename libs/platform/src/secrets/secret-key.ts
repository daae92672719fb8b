const bytes = 32;

/** The 32 bytes of a SECRET_KEY given in hex, base64 or base64url; undefined when it is anything else. */
export function decodeSecretKey(given: string): Buffer | undefined {
  const value = given.trim();
  if (/^[0-9a-f]{64}$/i.test(value)) return Buffer.from(value, 'hex');
  if (!/^[\w+/-]{43}=?$/.test(value)) return undefined;
  const key = Buffer.from(value, 'base64');
  return key.length === bytes ? key : undefined;
}
