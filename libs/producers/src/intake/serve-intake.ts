import type { INestApplication } from '@nestjs/common';
import type { IntakeServer } from '#libs/broker';

/** The token of the intake of a process; null where it has no brokers. */
export const INTAKE = Symbol('intake');

/** Serves the intake beside HTTP, where the app was composed with brokers. Call it before the app listens. */
export async function serveIntake(app: INestApplication): Promise<void> {
  const intake = app.get<IntakeServer | null>(INTAKE);
  if (intake === null) return;
  app.connectMicroservice({ strategy: intake });
  await app.startAllMicroservices();
}
