import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { decodeSecretKey } from './secret-key.js';

const version = 'v1';
const nonceBytes = 12;
const tagBytes = 16;

/** Nothing under the name of the sealed value is told: the wrong key and a damaged value look the same. */
export class UnsealError extends Error {
  override readonly name = 'UnsealError';

  constructor() {
    super('A sealed value cannot be opened: it is damaged, or SECRET_KEY is not the one it was sealed with');
  }
}

/**
 * Everything that is derived from SECRET_KEY. Each purpose has a key of its own (HKDF-SHA-256), so that a mac made
 * for one thing never proves another.
 */
@Injectable()
export class Secrets {
  private readonly root: Buffer;
  private readonly keys = new Map<string, Buffer>();

  constructor(secretKey: string) {
    const root = decodeSecretKey(secretKey);
    if (!root) throw new Error('SECRET_KEY is not 32 bytes in base64 or hex');
    this.root = root;
  }

  /** Encrypts a text (AES-256-GCM); sealing the same text twice gives different values. */
  seal(text: string): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.key('seal'), nonce);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `${version}.${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')}`;
  }

  /** The text that was sealed; throws `UnsealError` when a single bit differs. */
  unseal(sealed: string): string {
    const [mark, payload] = sealed.split('.', 2);
    const bytes = Buffer.from(payload ?? '', 'base64url');
    if (mark !== version || bytes.length < nonceBytes + tagBytes) throw new UnsealError();
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.key('seal'), bytes.subarray(0, nonceBytes));
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      const body = bytes.subarray(nonceBytes, -tagBytes);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    } catch {
      throw new UnsealError();
    }
  }

  /** HMAC-SHA-256 of `text` under the key of `purpose`, base64url without padding. Compare with `timingSafeEqual`. */
  mac(purpose: string, text: string): string {
    return createHmac('sha256', this.key(`mac:${purpose}`))
      .update(text)
      .digest('base64url');
  }

  private key(purpose: string): Buffer {
    let key = this.keys.get(purpose);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', this.root, 'switchboard', purpose, 32));
      this.keys.set(purpose, key);
    }
    return key;
  }
}
