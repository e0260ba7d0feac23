import type { LoggerService } from '@nestjs/common';

const tell = (said: unknown): void => void process.stderr.write(`${String(said)}\n`);

/** What the broker's client and the receiver have to say; on standard error, so that output stays for programs. */
export const TO_STDERR: LoggerService = { log: () => undefined, warn: tell, error: tell };
