import { canonicalJson, eventType } from '#libs/contracts';
import { sendBytes } from '../support/raw-http.js';
import { answerOf, answerOfCall, must, mustHelp, type Answer } from './answer.js';
import { bytesOf, numbered, SLUG, wholeOf, type Earlier } from './candidate.js';
import { send } from './http-client.js';
import type { ConnectionInput, EventInput, Input, RequestInput } from './input.js';
import type { JournalWatch } from './journal-watch.js';
import { mustPoint } from './must-point.js';
import type { ServerProcess } from './server-process.js';
import { messageOf, type Message } from './ways.js';

/** Sends inputs one after another, and holds each answer against what every input is promised. */
export class Judge {
  private number = 0;
  private trusts = true;

  constructor(
    private readonly server: ServerProcess,
    private readonly journal: JournalWatch,
  ) {}

  /** @throws BrokenPromise, or Error where nothing is answered in time */
  async judge(input: Input): Promise<Answer> {
    if (!this.trusts) await this.journal.skip();
    this.trusts = false;
    const number = ++this.number;
    const answer =
      'candidate' in input
        ? await this.judgeEvent(input, number)
        : 'request' in input
          ? await this.judgeRequest(input, number)
          : await this.judgeConnection(input);
    mustMeet(input, answer);
    this.trusts = true;
    return answer;
  }

  private async judgeEvent({ candidate, way }: EventInput, number: number): Promise<Answer> {
    await this.tellBefore(candidate.kind, candidate.before, number);
    const message = messageOf(candidate, way, number);
    const answer = await this.exchange(message);
    const rows = await this.journal.mustAgreeWith(answer.places);
    const isWhole = way === 'structured' || way === 'json' || way === 'produce' || way === 'batch';
    const sent = isWhole ? wholeOf(candidate, number) : bytesOf(candidate.data, number);
    if (answer.problem) mustPoint(answer.problem, way === 'batch' ? Buffer.from(`[0,${sent.toString()}]`) : sent);
    else {
      const row = rows[way === 'batch' ? 1 : 0];
      const told = new TextDecoder().decode(bytesOf(candidate.data, number));
      must(row?.data === canonicalJson(JSON.parse(told)), 'what was sent stands as it was sent', { told, row });
      await this.mustStandOnce(message, answer);
    }
    return answer;
  }

  /** Sends it again: it stands once. */
  private async mustStandOnce(message: Message, first: Answer): Promise<void> {
    const again = await this.exchange(message);
    await this.journal.mustAgreeWith(again.places);
    must(again.status === 200, 'what is sent twice is told so', again);
    const placesOf = ({ places }: Answer) => places.map(({ event, position }) => ({ event, position }));
    must(
      JSON.stringify(placesOf(again)) === JSON.stringify(placesOf(first)),
      'what is sent twice stands where it stood',
      { first, again },
    );
  }

  private async judgeRequest({ request, before = [] }: RequestInput, number: number): Promise<Answer> {
    await this.tellBefore('statement', before, number);
    const answer = await this.exchange({
      request: {
        method: request.method,
        path: numbered(request.path, number),
        headers: request.headers.map(([name, value]) => [name, numbered(value, number)] as const),
        body: bytesOf(request.body, number),
      },
    });
    await this.journal.mustAgreeWith(answer.places);
    return answer;
  }

  private async judgeConnection({ connection }: ConnectionInput): Promise<Answer> {
    const { status, headers, body } = await sendBytes(this.server.url, bytesOf(connection, this.number));
    const answer = answerOf({ status, headers, text: body, contentType: headers['content-type'] ?? '' });
    await this.journal.mustAgreeWith(answer.places);
    return answer;
  }

  private async tellBefore(kind: string, events: readonly Earlier[], number: number): Promise<void> {
    for (const [index, { type, data }] of events.entries()) {
      const [id, source] = [`before-${index}-${number}`, 'urn:litopys:fuzz'];
      const event = { specversion: '1.0', id, source, type: eventType(type), subject: `${kind}/${SLUG}`, data };
      const answer = await this.exchange({ text: numbered(JSON.stringify(event), number) });
      must(answer.status === 201, 'what comes before is taken', { event, answer });
      await this.journal.mustAgreeWith(answer.places);
    }
  }

  private async exchange(message: Message): Promise<Answer> {
    must(this.server.isUp, 'the process lives');
    const answer =
      'text' in message
        ? answerOfCall(await this.server.call(message.text))
        : answerOf(await send(this.server.url, message.request));
    if (answer.problem) mustHelp(answer.problem);
    return answer;
  }
}

function mustMeet({ expected, rule, status }: Input, answer: Answer): void {
  const isTaken = answer.problem === undefined;
  must(expected === 'either' || isTaken === (expected === 'taken'), `it is ${expected}`, answer);
  must(
    isTaken || rule === undefined || answer.problem.errors.some((one) => one.rule === rule),
    `it breaks ${rule}`,
    answer,
  );
  must(status === undefined || answer.status === status, `it is answered ${status}`, answer);
}
