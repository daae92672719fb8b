import type { Page } from 'playwright-core';

/** What the keystroke-level model gives a person who types without looking: a key, and a thought before a new field. */
const secondsOfKey = 0.28;
const secondsOfThought = 1.35;

/** A keyboard that counts what is pressed on it. Held keys count as one stroke with the key that they are held for. */
export class Keyboard {
  strokes = 0;
  private thoughts = 0;
  private readonly began = performance.now();

  constructor(private readonly page: Page) {}

  async press(keys: string): Promise<void> {
    this.strokes += 1;
    await this.page.keyboard.press(keys);
  }

  async type(text: string): Promise<void> {
    this.strokes += text.length;
    this.thoughts += 1;
    await this.page.keyboard.type(text);
  }

  /** How long it took here. */
  get seconds(): number {
    return (performance.now() - this.began) / 1_000;
  }

  /** How long it takes a person. */
  get typingSeconds(): number {
    return this.strokes * secondsOfKey + this.thoughts * secondsOfThought;
  }
}
