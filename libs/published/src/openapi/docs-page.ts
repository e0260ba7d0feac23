import type { OpenAPIObject } from '@nestjs/swagger';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
}

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
}

interface Described {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** Requests that show what the API is for; each is a link. */
const EXAMPLES: readonly (readonly [string, string])[] = [
  [
    'A day: Ukraine’s Independence Day 2025, the Canadian prime minister in Kyiv',
    '/v1/entries?occurred_from=2025-08-24&occurred_to=2025-08-24',
  ],
  ['A pledge: announced, by line, what is new and what was told before', '/v1/pledges/2025-g7-military-package'],
  ['The same, as the public knew it the day before', '/v1/pledges/2025-g7-military-package?as_known_at=2025-08-23'],
  ['A search', '/v1/entries?q=drone'],
  ['The events themselves, as CloudEvents', '/v1/events?limit=5'],
  ['What the record covers', '/v1/about'],
];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

/** Plain text with `code` and blank lines between paragraphs. */
const prose = (text: string): string =>
  escaped(text)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .split('\n\n')
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join('\n');

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

const operationsOf = (document: OpenAPIObject): Described[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = (item as Readonly<Record<string, Operation | undefined>>)[method];
      return operation ? [{ method: method.toUpperCase(), path, operation }] : [];
    }),
  );

const parameterRow = ({ name, required, description }: Parameter): string =>
  `<tr><td><code>${escaped(name)}</code>${required ? ' *' : ''}</td><td>${escaped(description ?? '')}</td></tr>`;

const parameterTable = (parameters: readonly Parameter[]): string =>
  parameters.length === 0 ? '' : `<table>${parameters.map(parameterRow).join('\n')}</table>`;

const section = ({ method, path, operation }: Described): string => `
<h3><code>${method} ${escaped(path)}</code> ${escaped(operation.summary ?? '')}</h3>
${prose(operation.description ?? '')}
${parameterTable(operation.parameters ?? [])}`;

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}
h1,h2,h3{line-height:1.25}h2{margin-top:2.5rem;border-bottom:1px solid #d0d7de}h3{margin-top:1.75rem;font-size:1rem}
code{background:#f3f4f6;padding:.1em .3em;border-radius:3px}table{border-collapse:collapse;width:100%;font-size:.9rem}
td{border-top:1px solid #e5e7eb;padding:.3rem .6rem .3rem 0;vertical-align:top}td:first-child{white-space:nowrap;width:1%}`;

/** Whether this app answers a URL: each serves the routes that it is composed of. */
function isServed({ paths }: OpenAPIObject, url: string): boolean {
  const [path = ''] = url.split('?');
  return Object.entries(paths).some(
    ([template, item]) =>
      item.get !== undefined && new RegExp(`^${template.replaceAll(/{\w+}/g, '[^/]+')}$`).test(path),
  );
}

/** The API for people: one page, nothing to load, made of the same description that programs read. */
export function docsPage(document: OpenAPIObject): string {
  const operations = operationsOf(document);
  const tags = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? 'More'))];
  const examples = EXAMPLES.filter(([, url]) => isServed(document, url)).map(
    ([what, url]) => `<li>${what}: <a href="${escaped(url)}"><code>${escaped(url)}</code></a></li>`,
  );
  const sections = tags.map((tag) => {
    const own = operations.filter(({ operation }) => (operation.tags?.[0] ?? 'More') === tag);
    return `<h2>${escaped(tag)}</h2>${own.map(section).join('\n')}`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(document.info.title)}: the API</title><style>${STYLE}</style></head>
<body><h1>${escaped(document.info.title)}</h1>
${prose(document.info.description ?? '')}
<p>For programs: <a href="/openapi.json"><code>/openapi.json</code></a>, the topics of Kafka in <a href="/asyncapi.json"><code>/asyncapi.json</code></a>, and the schemas of the events under <a href="/schemas/"><code>/schemas/</code></a>.</p>
${examples.length > 0 ? `<h2>Try</h2><ul>${examples.join('\n')}</ul>` : ''}
${sections.join('\n')}
</body></html>
`;
}
