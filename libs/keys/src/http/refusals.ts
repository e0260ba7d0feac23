import { ForbiddenError, UnauthenticatedError } from '#libs/platform';
import type { KeyTrouble } from '../key-ring.js';
import type { Scope } from '#libs/contracts';

const REALM = 'Bearer realm="litopys"';
const ADD_ONE = 'Whoever runs this system makes one with `litopys keys add`.';

interface Trouble {
  readonly code: string;
  readonly detail: string;
  readonly mend: string;
}

/** What is not right with a key, in sentences that stand in a header too: ASCII without quotes. */
const TROUBLES: Readonly<Record<KeyTrouble, Trouble>> = {
  malformed: {
    code: 'key-malformed',
    detail: 'That is no key of ours, or not the whole of one: its checksum does not hold.',
    mend: 'Copy the key whole, from litopys_ to its last character.',
  },
  unknown: { code: 'key-unknown', detail: 'Nobody has that key here.', mend: `Send one of this journal. ${ADD_ONE}` },
  expired: { code: 'key-expired', detail: 'The key has expired.', mend: `Ask for a new one. ${ADD_ONE}` },
  revoked: { code: 'key-revoked', detail: 'The key has been revoked.', mend: `Ask for a new one. ${ADD_ONE}` },
};

/** No key where one is needed. Without an error code: nothing was wrong so far. Source: RFC 6750, section 3.1. */
export const keyMissing = (): UnauthenticatedError =>
  new UnauthenticatedError('Whoever writes here needs a key.', {
    code: 'key-missing',
    field: 'Authorization',
    rule: 'key-needed',
    mend: `Send "Authorization: Bearer <key>". ${ADD_ONE}`,
    headers: { 'www-authenticate': REALM },
  });

/** A key that lets nobody in. Source: RFC 6750, section 3.1. */
export function keyRefused(trouble: KeyTrouble): UnauthenticatedError {
  const { code, detail, mend } = TROUBLES[trouble];
  return new UnauthenticatedError(detail, {
    code,
    field: 'Authorization',
    rule: 'key-needed',
    mend,
    headers: { 'www-authenticate': `${REALM}, error="invalid_token", error_description="${detail}"` },
  });
}

/** @param field what of the request asks for that scope, where it is not the route */
export const scopeMissing = (scope: Scope, field = 'Authorization'): ForbiddenError =>
  new ForbiddenError(`The key has no scope ${scope}.`, {
    code: 'scope-missing',
    field,
    rule: 'scope-needed',
    mend: `Send a key with the scope ${scope}. ${ADD_ONE}`,
    headers: { 'www-authenticate': `${REALM}, error="insufficient_scope", scope="${scope}"` },
  });
