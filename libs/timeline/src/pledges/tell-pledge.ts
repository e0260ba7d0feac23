import {
  drawnFrom,
  rivalResiduals,
  sumText,
  type DrawnFrom,
  type Ledger,
  type Pledge,
  type PromiseState,
  type RivalResidual,
} from '#libs/chronology';

/** A pledge as the list tells it: what was announced, what of it is new, what was itemized and what was drawn. */
export function tellPledge({ row }: Pledge, ledger: Ledger): { readonly [key: string]: unknown } {
  const { explain: _explain, draws: _draws, drawn_by_line: _byLine, ...counted } = ledger;
  return {
    pledge: row.stream,
    opening: row.openingVersion === null ? null : `${row.stream}@${row.openingVersion}`,
    title: row.title,
    donors: row.donors,
    beneficiaries: row.beneficiaries,
    scope: row.scope,
    instrument: row.instrument,
    category: row.category,
    occurred: row.occurred,
    known_since: row.knownSince,
    face: row.money,
    cancelled: row.body.cancellation ?? null,
    said: { newness: row.body.newness ?? null, new_money: row.body.new_money ?? null },
    ...counted,
  };
}

/** The lines as they stand, each with what counts of it and who told it. */
function tellLines({ lines }: Pledge, ledger: Ledger): object[] {
  const gives = new Map(ledger.explain.gross.map((one) => [one.line, one]));
  return lines.map(({ stream, version, id, label, category, instrument, within, money, body }) => ({
    id,
    label,
    category,
    instrument,
    within,
    money,
    gives: gives.get(id)?.gives ?? null,
    listed: gives.get(id)?.listed ?? null,
    drawn: ledger.drawn_by_line.get(id),
    quantities: body.quantities ?? [],
    due: body.due ?? null,
    told_by: `${stream}@${version}`,
  }));
}

const tellRival = ({ itemized, residual, ...source }: RivalResidual): object => ({
  ...source,
  itemized: itemized && sumText(itemized),
  residual: residual && sumText(residual),
});

const tellDrawn = ({ drawn, currency, left }: DrawnFrom): object => ({
  currency,
  pledges: drawn.map(({ stream, relation, sum, because, toldBy }) => ({
    pledge: stream,
    relation,
    sum: sum && sumText(sum),
    because,
    told_by: toldBy,
  })),
  left: drawn.length > 0 && left ? sumText(left) : null,
});

/**
 * A pledge with its lines, all that was told of it, and how it was counted.
 * @param promises the pledge, all that counting it depends on, and all that are paid from it
 */
export function tellPledgeWhole(pledge: Pledge, ledger: Ledger, promises: readonly PromiseState[]): object {
  const { citations, restatements, itemizations, amendments, period, due, channel, unlocks } = pledge.row.body;
  return {
    ...tellPledge(pledge, ledger),
    period: period ?? null,
    due: due ?? null,
    channel: channel ?? null,
    unlocks: unlocks ?? null,
    citations,
    lines: tellLines(pledge, ledger),
    draws: ledger.draws,
    itemizations,
    amendments,
    restatements,
    residuals_by_citation: rivalResiduals(pledge.promise).map(tellRival),
    paid_from_it: tellDrawn(drawnFrom(promises, pledge.row.stream)),
    explain: ledger.explain,
  };
}
