import { DATA_CONTENT_TYPE, httpHeadersOf, structuredText, type JournalRow } from '#libs/journal';
import { Answer } from '../answer/answer.js';

/** Forms of one event: the content modes of CloudEvents over HTTP. */
export const EVENT_FORMS = { structured: 'application/cloudevents+json', binary: DATA_CONTENT_TYPE } as const;

/** Forms of a page of events: our own answer, or a bare batch. */
export const LIST_FORMS = { json: 'application/json', batch: 'application/cloudevents-batch+json' } as const;

const VARY = { vary: 'accept' };
const inUtf8 = (type: string): string => `${type}; charset=utf-8`;

/** A recorded event as a CloudEvent in one of the two content modes; either holds its data byte for byte. */
export function eventAnswerOf(form: keyof typeof EVENT_FORMS, row: JournalRow, journalId: string | null): Answer {
  const type = inUtf8(EVENT_FORMS[form]);
  if (form === 'structured') return new Answer(structuredText(row, journalId), type, VARY);
  return new Answer(row.data, type, { ...VARY, ...httpHeadersOf(row, journalId) });
}

/**
 * A page of events as a batch of CloudEvents, which has no place for anything else: where it goes on stands in a header.
 * Source: CloudEvents JSON format 1.0.2, section 4; RFC 8288.
 *
 * @param next the URL of the next page; null at the end of the feed
 */
export function batchAnswer(events: readonly string[], next: string | null): Answer {
  const link: Record<string, string> = next === null ? {} : { link: `<${next}>; rel="next"` };
  return new Answer(`[${events.join(',')}]`, inUtf8(LIST_FORMS.batch), { ...VARY, ...link });
}
