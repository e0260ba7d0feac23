import { Controller, Get, Inject, Module, Res, type DynamicModule } from '@nestjs/common';

/** Why a process is not as it should be, and what to do about it. */
export interface HealthReason {
  readonly code: string;
  readonly detail: string;
  readonly mend?: string;
  /** It still does its work, if less well. */
  readonly degraded?: boolean;
}

/** One thing that a process's work depends on. */
export interface HealthCheck {
  readonly name: string;
  /** Looks now; no reasons: all is well. What it throws is a reason as well. */
  look(): Promise<readonly HealthReason[]>;
  /** How it stands, well or not: figures for eyes and monitors. */
  readonly tell?: () => Readonly<Record<string, unknown>>;
}

/** The token under which the checks of a process are injected. */
export const HEALTH_CHECKS = Symbol('health checks');

export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'not-ready';
  readonly reasons: readonly (HealthReason & { readonly check: string })[];
  /** By check; left out where none has anything to tell. */
  readonly standing?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

async function lookSafely(check: HealthCheck): Promise<readonly HealthReason[]> {
  try {
    return await check.look();
  } catch (error) {
    return [{ code: 'check-failed', detail: error instanceof Error ? error.message : String(error) }];
  }
}

/** Looks at everything; ready where nothing stands in the way. */
export async function readiness(checks: readonly HealthCheck[]): Promise<Readiness> {
  const looks = await Promise.all(
    checks.map(async (check) => (await lookSafely(check)).map((reason) => ({ check: check.name, ...reason }))),
  );
  const reasons = looks.flat();
  const told = checks.flatMap(({ name, tell }) => (tell ? [[name, tell()] as const] : []));
  const standing = told.length > 0 ? { standing: Object.fromEntries(told) } : {};
  if (reasons.some((reason) => !reason.degraded)) return { status: 'not-ready', reasons, ...standing };
  return { status: reasons.length > 0 ? 'degraded' : 'ready', reasons, ...standing };
}

interface Reply {
  code(status: number): unknown;
}

/** `/health/live`: the process answers. `/health/ready`: it can do its work; 503 with the reasons where it cannot. */
@Controller('health')
export class HealthController {
  constructor(@Inject(HEALTH_CHECKS) private readonly checks: readonly HealthCheck[]) {}

  @Get('live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: Reply): Promise<Readiness> {
    const found = await readiness(this.checks);
    if (found.status === 'not-ready') reply.code(503);
    return found;
  }
}

/** Health over HTTP, by the checks of whatever a process is composed of. */
@Module({})
export class HealthModule {
  static forRoot(checks: readonly HealthCheck[]): DynamicModule {
    return {
      module: HealthModule,
      controllers: [HealthController],
      providers: [{ provide: HEALTH_CHECKS, useValue: checks }],
    };
  }
}
