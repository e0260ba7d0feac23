import type { Change, Citation, DataOf, EventTypeName, Line, Party, Ref } from '#libs/contracts';
import type { Command } from '#libs/domain';

/** Commands by name, for specs: a pledge told in an afternoon, and what goes wrong with it. */

export const NOW = '2025-11-24T10:00:00.000Z';
export const PLEDGE = 'pledge/g7-package';

const ca: Party = { id: 'state:ca', name: 'Canada' };
const ua: Party = { id: 'state:ua', name: 'Ukraine' };

export const citation: Citation = { publisher: 'A paper', title: 'A report', language: 'en', standing: 'press' };

const told = { title: 'Told', occurred: '2025-06-17', known_since: '2025-06-17', citations: [citation] };

export const line = (id: string, more: Partial<Line> = {}): Line => ({ id, label: id, category: 'military', ...more });

type Data<Name extends EventTypeName> = Partial<DataOf<Name>>;

/** A command of a type on a stream. */
function command<Name extends EventTypeName>(type: Name, stream: string, data: DataOf<Name>): Command {
  // As JSON carries it: what is undefined is not there. Type and data are of one name.
  return { type, stream, data: JSON.parse(JSON.stringify(data)) as unknown, now: NOW } as Command;
}

export const announced = (more: Data<'pledge.announced'> = {}): Command =>
  command('pledge.announced', PLEDGE, {
    slug: 'g7-package',
    ...told,
    parties: [
      { ...ca, role: 'donor' },
      { ...ua, role: 'beneficiary' },
    ],
    money: { amount: '2000000000', currency: 'CAD', qualifier: 'exact' },
    instrument: 'grant',
    category: 'military',
    ...more,
  });

export const itemized = (lines: Line[], more: Data<'pledge.itemized'> = {}): Command =>
  command('pledge.itemized', PLEDGE, { ...told, occurred: '2025-08-24', known_since: '2025-08-24', lines, ...more });

export const restated = (more: Data<'pledge.restated'> = {}): Command =>
  command('pledge.restated', PLEDGE, { ...told, ...more });

type Draws<Name extends 'transfer.disbursed' | 'transfer.delivered'> = DataOf<Name>['draws'];

export const disbursed = (draws: Draws<'transfer.disbursed'>, more: Data<'transfer.disbursed'> = {}): Command =>
  command('transfer.disbursed', PLEDGE, { ...told, counts_as: 'increment', draws, ...more });

export const delivered = (draws: Draws<'transfer.delivered'>, more: Data<'transfer.delivered'> = {}): Command =>
  command('transfer.delivered', PLEDGE, { ...told, counts_as: 'increment', draws, ...more });

export const signed = (more: Data<'agreement.signed'> = {}): Command =>
  command('agreement.signed', 'agreement/security', {
    slug: 'security',
    ...told,
    parties: [{ ...ca, role: 'signatory' }],
    instrument: 'agreement',
    manner: 'signature',
    ...more,
  });

export const issued = (more: Data<'statement.issued'> = {}): Command =>
  command('statement.issued', 'statement/lavrov-troops', { slug: 'lavrov-troops', ...told, form: 'speech', ...more });

export const held = (more: Data<'engagement.held'> = {}): Command =>
  command('engagement.held', 'engagement/kyiv-visit', { slug: 'kyiv-visit', ...told, form: 'visit', ...more });

const record = { known_since: '2025-09-01', citations: [citation], because: 'better-source' as const };

export const corrected = (changes: Change[], more: Data<'record.corrected'> = {}): Command =>
  command('record.corrected', PLEDGE, { about: `${PLEDGE}@1`, ...record, changes, ...more });

export const retracted = (more: Data<'record.retracted'> = {}): Command =>
  command('record.retracted', PLEDGE, { about: `${PLEDGE}@1`, ...record, ...more });

export const reinstated = (more: Data<'record.reinstated'> = {}): Command =>
  command('record.reinstated', PLEDGE, { about: `${PLEDGE}@1`, ...record, known_since: '2025-10-01', ...more });

const beside = { about: `${PLEDGE}@1`, known_since: '2025-09-01' };

export const corroborated = (more: Data<'record.corroborated'> = {}): Command =>
  command('record.corroborated', PLEDGE, { ...beside, citations: [citation], ...more });

export const disputed = (more: Data<'record.disputed'> = {}): Command =>
  command('record.disputed', PLEDGE, { ...beside, citations: [{ ...citation, says: { '/title': 'Other' } }], ...more });

export const settled = (more: Data<'record.settled'> = {}): Command =>
  command('record.settled', PLEDGE, {
    ...record,
    about: `${PLEDGE}@1`,
    dispute: `${PLEDGE}@2`,
    holds: 'entry',
    reason: 'The official text says so.',
    ...more,
  });

export const related = (refs: Ref[], more: Data<'record.related'> = {}): Command =>
  command('record.related', PLEDGE, { ...beside, citations: [citation], refs, ...more });
