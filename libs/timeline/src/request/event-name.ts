import { eventName, splitName } from '#libs/contracts';
import { ValidationError } from '#libs/platform';

/**
 * Stream and version in the path `<kind>/<slug>@<version>`.
 * @throws ValidationError
 */
export function readEventName(kind: string, rest: string): { name: string; stream: string; version: number } {
  const name = `${kind}/${rest}`;
  const { stream, version } = splitName(name);
  if (!eventName.safeParse(name).success || version === null)
    throw new ValidationError(`"${name}" is no name of an event`, {
      code: 'bad-name',
      field: 'path',
      rule: 'event-name',
      mend: 'give kind/slug@version, such as pledge/2025-g7-military-package@1',
    });
  return { name, stream, version };
}
