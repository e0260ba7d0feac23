import { describe, expect, it } from '@jest/globals';
import { readiness, type HealthReason } from './health.js';

const check = (name: string, ...reasons: HealthReason[]) => ({ name, look: () => Promise.resolve(reasons) });

describe('readiness', () => {
  it('is ready where nothing stands in the way', async () => {
    expect(await readiness([check('views'), check('journal')])).toEqual({ status: 'ready', reasons: [] });
  });

  it('is not ready where one thing is missing, and names it with the mend', async () => {
    const missing = { code: 'views-missing', detail: 'no views', mend: 'run `litopys rebuild`' };
    const lame = { code: 'gap', detail: 'a gap', degraded: true };
    expect(await readiness([check('views', missing), check('replica', lame)])).toEqual({
      status: 'not-ready',
      reasons: [
        { check: 'views', ...missing },
        { check: 'replica', ...lame },
      ],
    });
  });

  it('is degraded where all of it still works', async () => {
    expect((await readiness([check('replica', { code: 'gap', detail: 'a gap', degraded: true })])).status).toBe(
      'degraded',
    );
  });

  it('tells how things stand beside the reasons', async () => {
    const intake = { ...check('intake'), tell: () => ({ lag: 3 }) };
    expect(await readiness([check('journal'), intake])).toEqual({
      status: 'ready',
      reasons: [],
      standing: { intake: { lag: 3 } },
    });
  });

  it('takes a check that fails for a reason', async () => {
    const broken = { name: 'journal', look: () => Promise.reject(new Error('connection refused')) };
    expect(await readiness([broken])).toEqual({
      status: 'not-ready',
      reasons: [{ check: 'journal', code: 'check-failed', detail: 'connection refused' }],
    });
  });
});
