import { nameOf, type Json, type ToldEvent } from '#libs/contracts';

/** Sources of a telling, each with where it gives another value. */
export const sourcesOf = (told: ToldEvent): Json =>
  told.data.citations.map((one) => ({
    publisher: one.publisher,
    title: one.title,
    ...(one.url && { url: one.url }),
    ...(one.published && { published: one.published }),
    standing: one.standing,
    ...(one.says && { says: one.says }),
    ...(one.reported_as && { reported_as: one.reported_as }),
  }));

/** An event as the rows of a promise name it. */
export const tellingOf = (told: ToldEvent): Record<string, Json> => ({
  event: nameOf(told.event),
  title: told.data.title,
  occurred: told.data.occurred,
  known_since: told.knownSince,
  citations: sourcesOf(told),
});
