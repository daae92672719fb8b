/** What a browser does on its way through redirects: it keeps cookies by host and follows. */
export class CookieJar {
  private readonly cookies = new Map<string, Map<string, string>>();

  of(url: string): string {
    return [...(this.cookies.get(new URL(url).host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  keep(url: string, headers: Headers): void {
    const { host } = new URL(url);
    const kept = this.cookies.get(host) ?? new Map<string, string>();
    this.cookies.set(host, kept);
    for (const cookie of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') kept.delete(name);
      else kept.set(name, value);
    }
  }

  /** Follows redirects until an address that `stop` knows, or an answer that is none; gives the last address. */
  async follow(start: string, stop: (url: string) => boolean): Promise<string> {
    let url = start;
    for (let step = 0; step < 20; step++) {
      if (stop(url)) return url;
      const answer = await fetch(url, { redirect: 'manual', headers: { cookie: this.of(url) } });
      await answer.arrayBuffer();
      this.keep(url, answer.headers);
      const next = answer.headers.get('location');
      if (next === null) return url;
      url = new URL(next, url).href;
    }
    throw new Error('Too many redirects');
  }
}
