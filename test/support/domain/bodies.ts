import type { Command } from '#libs/domain';
import { announced } from './commands.js';

/** The data of a command, as the body of its verb's route. */
export const bodyOf = (command: Command): Record<string, unknown> => command.data;

/** An opening of a pledge under a slug of its own. */
export const openingOf = (slug: string, more: Parameters<typeof announced>[0] = {}): Record<string, unknown> =>
  bodyOf(announced({ slug, ...more }));

/** Data of a record about an event, whatever the stream. */
export const aboutIt = (command: Command, about: string): Record<string, unknown> => ({ ...bodyOf(command), about });
