import type { HealthCheck, HealthReason } from '#libs/platform';
import type { IntakeServer } from './intake/intake-server.js';
import type { ReceiverServer } from './receiver/receiver-server.js';
import type { Relay } from './relay/relay.js';

interface Standing {
  readonly state: string;
  readonly code?: string;
  readonly detail?: string;
  readonly mend?: string;
}

const WELL = new Set(['running', 'standby']);

/** Why a part is not at work: stopped by name, or waiting for what mends itself. */
function reasonsOf({ state, code, detail, mend }: Standing): HealthReason[] {
  if (WELL.has(state)) return [];
  return [{ code: code ?? state, detail: detail ?? 'It has not begun its work yet.', mend }];
}

/** Ready while the relay sends, or stands by for the one that does. */
export const relayCheck = (relay: Relay): HealthCheck => ({
  name: 'relay',
  look: async () => reasonsOf(relay.health()),
});

/** Ready while the receiver receives; degraded while a position is missing for more than 30 s. */
export const receiverCheck = (server: ReceiverServer): HealthCheck => ({
  name: 'receiver',
  look: async () => {
    const { gap, ...standing } = await server.receiverHealth();
    const reasons = reasonsOf(standing);
    if (gap === null) return reasons;
    const detail = `Position ${gap.position} has not arrived for ${Math.round(gap.standsForMs / 1_000)} s, later ones have.`;
    return [...reasons, { code: 'gap', detail, mend: gap.mend, degraded: true }];
  },
});

/**
 * Degraded while the intake does not run: what comes over HTTP is taken all the same, and a proxy must not leave this
 * process out because Kafka is away.
 */
export const intakeCheck = (server: IntakeServer): HealthCheck => ({
  name: 'intake',
  look: async () => reasonsOf(server.health()).map((reason) => ({ ...reason, degraded: true })),
  tell: () => ({ state: server.health().state, ...server.share() }),
});
