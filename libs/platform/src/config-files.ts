import { readFileSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that may be handed over as a file: the file's name stands in NAME_FILE. */
export const SECRETS = ['DATABASE_URL', 'JOURNAL_URL', 'VIEWS_URL', 'KAFKA_SASL_PASSWORD'] as const;

/** What a file says, or why it cannot be read: the system's code, never its content. */
export function readText(file: string): { readonly text: string } | { readonly trouble: string } {
  try {
    return { text: readFileSync(file, 'utf8') };
  } catch (error) {
    return { trouble: `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` };
  }
}

/**
 * The environment with the secrets of its files in their places; a line break at the end is none of a secret.
 * @returns `mistakes` by variable: a file that cannot be read, is empty, or stands beside the value itself
 */
export function takeSecretFiles(env: Environment): { readonly env: Environment; readonly mistakes: readonly string[] } {
  const taken: Record<string, string> = {};
  const mistakes: string[] = [];
  for (const name of SECRETS) {
    const file = env[`${name}_FILE`];
    if (!file) continue;
    const read = readText(file);
    const secret = 'text' in read ? read.text.replace(/\r?\n$/, '') : '';
    if (env[name]) mistakes.push(`${name}_FILE: ${name} is set too; which of them holds?`);
    else if ('trouble' in read) mistakes.push(`${name}_FILE: ${read.trouble}`);
    else if (secret === '') mistakes.push(`${name}_FILE: ${file} is empty`);
    else taken[name] = secret;
  }
  return { env: { ...env, ...taken }, mistakes };
}
