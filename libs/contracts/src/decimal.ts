/**
 * Sums of money as whole thousandths, so that no sum is ever rounded: `"680000000"` is 680000000000n.
 * Three decimals cover every ISO 4217 currency in use.
 */
export type Mills = bigint;

const SCALE = 1000n;

/** A printed amount: no sign, no exponent, at most 15 digits and three decimals. */
export const AMOUNT = /^(0|[1-9]\d{0,14})(\.\d{1,3})?$/;

/** Reads an amount as its schema admits it. @throws RangeError on any other text */
export function toMills(amount: string): Mills {
  if (!AMOUNT.test(amount)) throw new RangeError(`not a decimal amount: ${amount}`);
  const [whole = '0', part = ''] = amount.split('.');
  return BigInt(whole) * SCALE + BigInt(part.padEnd(3, '0'));
}

/** The shortest decimal text of a sum; below zero for residuals. */
export function fromMills(mills: Mills): string {
  const sign = mills < 0n ? '-' : '';
  const size = mills < 0n ? -mills : mills;
  const part = (size % SCALE).toString().padStart(3, '0').replace(/0+$/, '');
  return `${sign}${size / SCALE}${part ? `.${part}` : ''}`;
}
