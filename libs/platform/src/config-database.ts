import { z } from 'zod';
import { readText } from './config-files.js';

/** As the driver has them; it takes prefer, require and verify-ca for verify-full, and says so. */
const SSL_MODES = ['disable', 'no-verify', 'prefer', 'require', 'verify-ca', 'verify-full'];
const SSL_FILES = ['sslrootcert', 'sslcert', 'sslkey'];

/** What of the URL the driver would stumble over later, or take for something else. */
function mistakesOfUrl(text: string): string[] {
  const { searchParams } = new URL(text);
  const mode = searchParams.get('sslmode');
  const files = SSL_FILES.flatMap((name) => {
    const file = searchParams.get(name);
    const read = file === null ? { text: '' } : readText(file);
    return 'trouble' in read ? [`${name}: ${read.trouble}`] : [];
  });
  return mode === null || SSL_MODES.includes(mode) ? files : [`sslmode is one of ${SSL_MODES.join(', ')}`, ...files];
}

/** The URL of a PostgreSQL, as libpq has it; its TLS is settled by `sslmode`, `sslrootcert`, `sslcert` and `sslkey`. */
export const databaseUrl = z
  .url({ protocol: /^postgres(ql)?$/, error: 'a postgres:// URL is wanted' })
  .superRefine((text, context) => {
    if (!URL.canParse(text)) return;
    for (const message of mistakesOfUrl(text)) context.addIssue({ code: 'custom', message });
  });
