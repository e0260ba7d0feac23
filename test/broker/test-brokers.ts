/** The broker of this test run. */
export function testBrokers(): string[] {
  const brokers = process.env['LITOPYS_TEST_KAFKA'];
  if (!brokers) throw new Error('the test broker is started by jest’s global set-up: run this file through `npm test`');
  return brokers.split(',');
}
