import { describe, expect, it } from '@jest/globals';
import { firstRunPage } from './first-run-page.js';
import { homePage } from './home-page.js';

describe('pages', () => {
  it('say everything in both languages, with nothing inline and nothing from elsewhere', () => {
    const html = homePage('<b>Desk & "co"</b>');
    expect(html).toContain('&lt;b&gt;Desk &amp; &quot;co&quot;&lt;/b&gt;');
    expect(html).toMatch(/lang="ru"[^]*npm run build[^]*lang="en"[^]*npm run build/);
    for (const made of [html, firstRunPage('ru'), firstRunPage('en')]) {
      expect(made).not.toMatch(/<script(?! src="\/)|<style|\sstyle=|\son\w+=|https?:/);
    }
  });
});
