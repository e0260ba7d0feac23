import type { Pool } from 'pg';
import { Bell } from '#libs/platform';
import { generationsOf, liveGeneration, type ViewSet } from './generations.js';
import { ProjectionLoop, type LoopState } from './loop.js';
import { rebuild } from './rebuild.js';

const LOOK_MS = 1000;

/** Connections that a projector holds for itself: a loop a lane, of the live generation and of the one before it. */
export const connectionsOfProjector = (lanes: number): number => 2 * lanes + 2;

/** Health of a projector: each lane's loop, by name. */
export interface ProjectorStatus {
  readonly live: number | null;
  readonly loops: readonly { readonly generation: number; readonly lane: number; readonly status: LoopState }[];
}

/**
 * Runs the loops of this build's view version: one a lane of the live generation and of the one before it, as the
 * generations on record have it. A generation made by `litopys rebuild` in another process is taken up when it is live.
 */
export class Projector {
  private readonly loops = new Map<string, ProjectionLoop>();
  private readonly bell = new Bell();
  private live: number | null = null;
  private stopping = false;
  private done: Promise<void> | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly set: ViewSet,
    private readonly onTrouble: (error: unknown) => void = () => undefined,
  ) {}

  /** Builds the views where this view version has none yet; `rebuildMissing` false leaves that to `litopys rebuild`. */
  async start(options: { readonly rebuildMissing: boolean }): Promise<void> {
    const isFirst = (await generationsOf(this.pool)).every(({ state }) => state === 'building' || state === 'dead');
    this.live = await liveGeneration(this.pool, this.set.viewVersion);
    if (this.live === null && (options.rebuildMissing || isFirst)) await this.buildUnlessAnotherDoes();
    await this.look();
    this.done = this.run();
  }

  private async buildUnlessAnotherDoes(): Promise<void> {
    try {
      await rebuild(this.pool, this.set);
    } catch (error) {
      if ((error as { code?: string }).code !== 'rebuild-runs') throw error;
    }
  }

  /** Says that the feed may have grown. */
  wake(): void {
    for (const loop of this.loops.values()) loop.wake();
  }

  status(): ProjectorStatus {
    const loops = [...this.loops.values()].map((loop) => ({
      generation: loop.generation.generation,
      lane: loop.lane,
      status: loop.status,
    }));
    return { live: this.live, loops };
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.bell.ring();
    await this.done;
    await Promise.all([...this.loops.values()].map((loop) => loop.stop()));
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      await this.bell.wait(LOOK_MS);
      if (!this.stopping) await this.look().catch(this.onTrouble);
    }
  }

  /** Starts the loops that are due, forgets those whose generation is gone. */
  private async look(): Promise<void> {
    const generations = (await generationsOf(this.pool)).filter(
      (one) => one.viewVersion === this.set.viewVersion && (one.state === 'live' || one.state === 'former'),
    );
    this.live = await liveGeneration(this.pool, this.set.viewVersion);
    for (const generation of generations)
      for (let lane = 0; lane < generation.lanes; lane++) {
        const name = `${generation.generation}/${lane}`;
        if (this.loops.has(name)) continue;
        const loop = new ProjectionLoop(this.pool, this.set, generation, lane, this.onTrouble);
        this.loops.set(name, loop);
        loop.start();
      }
    const due = new Set(generations.map(({ generation }) => generation));
    for (const [name, loop] of this.loops)
      if (loop.status.state === 'ended' || (loop.status.state === 'stopped' && !due.has(loop.generation.generation)))
        this.loops.delete(name);
  }
}
