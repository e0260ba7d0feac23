import { describe, expect, it } from '@jest/globals';
import { GapWatch } from './gap-watch.js';

describe('a gap', () => {
  it('is told, by position, once it stands for 30 s', () => {
    const watch = new GapWatch();
    watch.observe(10, 15, 1_000);
    watch.observe(10, 900, 31_000);
    expect(watch.standing(31_000)).toBeNull();
    expect(watch.standing(31_001)).toEqual({ position: 11, sinceMs: 1_000 });
  });

  it('that closes while another opens behind it begins anew', () => {
    const watch = new GapWatch();
    watch.observe(10, 15, 0);
    watch.observe(12, 40, 29_000);
    expect(watch.standing(45_000)).toBeNull();
    expect(watch.standing(59_001)).toEqual({ position: 13, sinceMs: 29_000 });
  });

  it('that has closed is forgotten', () => {
    const watch = new GapWatch();
    watch.observe(10, 15, 0);
    watch.observe(15, 15, 60_000);
    expect(watch.standing(60_000)).toBeNull();
  });
});
