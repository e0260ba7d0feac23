export interface Started {
  readonly url: string;
  readonly position: number;
  readonly history: { readonly sent: number; readonly all: number };
  /** From the start of this process to now. */
  readonly seconds: number;
}

/** What is told when all is up. */
export function whatToOpen({ url, position, history, seconds }: Started): string {
  const loaded = history.sent > 0 ? `, ${history.sent} events of the history loaded` : '';
  return `
Litopys is ready after ${seconds.toFixed(1)} s: ${position} events${loaded}

  ${url}/docs
  ${url}/v1/entries?occurred_from=2025-08-24&occurred_to=2025-08-24
  ${url}/v1/pledges/2025-g7-military-package

In another terminal: npx litopys entries --occurred-from 2025-08-24
Ctrl-C stops it.`;
}
