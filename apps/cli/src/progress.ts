import { Presets, SingleBar } from 'cli-progress';

/** Shows how far a long run is; on standard error, so that output stays for programs. */
export interface Progress {
  to(done: number, of: number): void;
  end(): void;
}

const LINE_EVERY_MS = 2000;

function bar(what: string): Progress {
  const shown = new SingleBar(
    {
      format: `${what} {bar} {percentage} % · {value} of {total} · {rate}/s · {left} left`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: false,
    },
    Presets.shades_classic,
  );
  const began = performance.now();
  shown.start(1, 0, { rate: '–', left: '–' });
  return {
    to(done, of) {
      shown.setTotal(Math.max(of, 1));
      shown.update(done, paceOf(done, of, performance.now() - began));
    },
    end: () => shown.stop(),
  };
}

/** Rate and time left, as texts. @param elapsed milliseconds since 0 was done */
export function paceOf(done: number, of: number, elapsed: number): { readonly rate: string; readonly left: string } {
  const rate = elapsed > 0 ? (done / elapsed) * 1000 : 0;
  if (rate === 0) return { rate: '–', left: '–' };
  const seconds = Math.ceil((of - done) / rate);
  const left = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return { rate: Math.round(rate).toLocaleString('en'), left };
}

function lines(what: string): Progress {
  const began = performance.now();
  let told = 0;
  return {
    to(done, of) {
      const now = performance.now();
      if (done < of && now - told < LINE_EVERY_MS) return;
      told = now;
      const { rate, left } = paceOf(done, of, now - began);
      process.stderr.write(`${what}: ${done} of ${of}, ${rate}/s, ${left} left\n`);
    },
    end: () => undefined,
  };
}

/** A bar on a terminal, plain lines elsewhere. */
export const showProgress = (what: string): Progress => (process.stderr.isTTY ? bar(what) : lines(what));
