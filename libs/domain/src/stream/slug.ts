import { isRecord, nameOf, type StreamEvent } from '#libs/contracts';
import type { Command } from '../command.js';
import type { History } from '../history.js';
import type { Refusal } from '../refusal.js';

const slugOf = (command: Command): string | undefined => ('slug' in command.data ? command.data.slug : undefined);

/** What a stream is called within its kind: its slug. */
const nameIn = (stream: string): string => stream.slice(stream.indexOf('/') + 1);

function mismatch(stream: string, slug: string): Refusal {
  return {
    rule: 'slug-mismatch',
    field: '/slug',
    detail: `The slug is "${slug}", but the event is for ${stream}.`,
    mend: `Give the slug "${nameIn(stream)}", or send the event to the stream that it names.`,
  };
}

function taken(stream: string, first: StreamEvent): Refusal {
  return {
    rule: 'slug-taken',
    field: '/slug',
    detail: `${stream} stands already, since ${nameOf(first)} ("${'title' in first.data ? first.data.title : first.type}").`,
    mend: 'Choose another slug; to go on with the standing stream, send the event to it without a slug.',
  };
}

function notOpen(command: Command): Refusal {
  const record = isRecord(command.type);
  return {
    rule: 'stream-not-open',
    field: 'subject',
    detail: `${command.stream} was never opened.`,
    mend: record
      ? 'Check the name: a record puts right an event that is already there.'
      : `Check the name; if this event is the first of a new stream, give it "slug": "${nameIn(command.stream)}".`,
  };
}

/** A stream's first event carries a slug, which is its name; on a standing stream no event does. */
export function refuseSlug(history: History, command: Command): Refusal[] {
  const slug = slugOf(command);
  const [first] = history;
  if (slug === undefined) return first ? [] : [notOpen(command)];
  if (slug !== nameIn(command.stream)) return [mismatch(command.stream, slug)];
  return first ? [taken(command.stream, first)] : [];
}
