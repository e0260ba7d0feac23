import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CloudEvent, HTTP, type CloudEventV1, type Message } from 'cloudevents';
import { bodyOf, openingOf } from './support/domain/bodies.js';
import { restated } from './support/domain/commands.js';
import { describeWithPython, pythonWith } from './support/python.js';
import { endScripts, freePorts, freshDataDir, startScript } from './support/script.js';

jest.setTimeout(180_000);

const dataDir = freshDataDir();
let url: string;

beforeAll(async () => {
  const port = await freePorts(1);
  url = `http://127.0.0.1:${port}`;
  await startScript('apps/standalone/src/main.js', { DATA_DIR: dataDir, PORT: String(port) }).untilSaid('is ready');
});

afterAll(async () => {
  await endScripts();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Sent {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

const BATCH = 'application/cloudevents-batch+json';

const attributesOf = (slug: string, verb = 'announced') => ({
  id: `${slug} № 1 "100%"`,
  source: 'urn:litopys:test:clients',
  type: `litopys.pledge.${verb}.v1`,
  subject: `pledge/${slug}`,
  time: '2025-06-17T12:00:00.123Z',
  correlationid: randomUUID(),
});

describe('the official JavaScript SDK', () => {
  async function send({ headers, body }: Message): Promise<Sent> {
    const options = { method: 'POST', headers: headers as Record<string, string>, body: String(body) };
    const response = await fetch(`${url}/v1/events`, options);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  async function read(name: string, accept: string): Promise<CloudEventV1<unknown>> {
    const response = await fetch(`${url}/v1/events/${name}`, { headers: { accept } });
    const message = { headers: Object.fromEntries(response.headers), body: await response.text() };
    return HTTP.toEvent(message) as CloudEventV1<unknown>;
  }

  it('sends in either mode what stands once, and reads it in either mode as it was sent', async () => {
    // Its binary mode writes headers as they are, so this id is of plain words.
    const attributes = { ...attributesOf('javascript'), id: randomUUID() };
    const event = new CloudEvent({ ...attributes, data: openingOf('javascript') });
    const sent = [await send(HTTP.binary(event)), await send(HTTP.structured(event))];
    expect(sent.map(({ status, body }) => [status, body['event'], body['duplicate']])).toEqual([
      [201, 'pledge/javascript@1', false],
      [200, 'pledge/javascript@1', true],
    ]);
    for (const accept of ['application/json', 'application/cloudevents+json'])
      expect(await read('pledge/javascript@1', accept)).toMatchObject({ ...attributes, data: openingOf('javascript') });
  });

  it('has its events taken in a batch, and reads them in one', async () => {
    const told = ['first', 'second'].map(
      (slug) => new CloudEvent({ ...attributesOf(`batch-${slug}`), data: openingOf(`batch-${slug}`) }),
    );
    const headers = { 'content-type': BATCH };
    const { status, body } = await send({ headers, body: JSON.stringify(told) });
    expect([status, body['appended']]).toEqual([201, 2]);
    const { position } = (body['events'] as { position: number }[])[0] as { position: number };
    const response = await fetch(`${url}/v1/events?after=${position - 1}&limit=2`, { headers: { accept: BATCH } });
    const read = HTTP.toEvent({ headers: Object.fromEntries(response.headers), body: await response.text() });
    expect(read).toMatchObject(told.map(({ id, time, data }) => ({ id, time, data })));
  });

  it('is refused in words that say what to mend', async () => {
    const event = new CloudEvent({ ...attributesOf('nowhere', 'restated'), data: bodyOf(restated()) });
    const { status, body } = await send(HTTP.structured(event));
    expect([status, body['code']]).toEqual([404, 'stream-not-open']);
  });
});

describeWithPython('the official Python SDK', () => {
  it('sends in either mode what stands once, and reads it in either mode as it was sent', () => {
    const attributes = { ...attributesOf('python'), datacontenttype: 'application/json' };
    const data = openingOf('python');
    const folder = path.resolve('test/clients/python');
    const python = pythonWith(path.join(folder, 'requirements.txt'));
    const told = execFileSync(python, [path.join(folder, 'send_and_read.py'), url], {
      input: JSON.stringify({ attributes, data }),
      encoding: 'utf8',
    });
    const { binary, structured, readBinary, readStructured } = JSON.parse(told) as Record<
      'binary' | 'structured' | 'readBinary' | 'readStructured',
      object
    >;
    expect([binary, structured]).toEqual([
      { status: 201, body: expect.objectContaining({ event: 'pledge/python@1', duplicate: false }) },
      { status: 200, body: expect.objectContaining({ event: 'pledge/python@1', duplicate: true }) },
    ]);
    const { time: _spelledAsPythonDoes, ...rest } = attributes;
    expect(readStructured).toMatchObject({ attributes: { ...rest, sequence: '1' }, data });
    expect(readBinary).toMatchObject({
      attributes: { ...rest, sequence: '1', datacontenttype: expect.stringContaining('application/json') },
      data,
    });
  });
});
