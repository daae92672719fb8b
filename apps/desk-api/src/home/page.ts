const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML, in an element as in an attribute. */
export const escaped = (value: string): string => value.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

export interface PageParts {
  readonly locale: string;
  readonly title: string;
  /** HTML whose texts are escaped already. */
  readonly body: string;
  readonly script?: string;
}

/** A whole page under the strict policy of security-headers: nothing inline, nothing from elsewhere. */
export const page = ({ locale, title, body, script }: PageParts): string => `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="/assets/desk.css">
${script ? `<script src="${script}" defer></script>` : ''}
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
