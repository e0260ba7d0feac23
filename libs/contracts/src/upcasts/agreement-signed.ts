import { agreementSignedV1 } from '../events/agreements.js';
import { movePointers, type FormerVersion } from './upcast.js';

/** Version 2 calls `by` what it is, `manner`, and always says it: what was left out meant a signature. */
export const agreementSignedFormer: readonly [FormerVersion] = [
  {
    schema: agreementSignedV1,
    upcast: ({ by, ...data }) => ({
      ...data,
      manner: by ?? 'signature',
      citations: movePointers(data['citations'], '/by', '/manner'),
    }),
  },
];
