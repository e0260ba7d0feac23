import { z } from 'zod';

/** Where an answer stands. */
export const place = z
  .object({
    position: z.int().describe('The last event that it takes in.'),
    as_known_at: z.string().nullable().describe('The pin as given.'),
    as_recorded_at: z.union([z.int(), z.string()]).nullable().describe('The pin as given.'),
    final: z.boolean().describe('Whether this very request can never be answered differently.'),
  })
  .describe('Where on the axes of record and knowledge the answer stands.');

export const cite = z
  .object({
    url: z.string().describe('The same request with its place pinned.'),
    sha256: z.string().describe('Of the RFC 8785 form of what that URL answers, without its cite.'),
  })
  .describe('How to cite this answer.');

/** An answer: its own members, with its place and how to cite it. */
export const answerOf = <Shape extends z.core.$ZodLooseShape>(
  members: Shape,
): z.ZodObject<Shape & { place: typeof place; cite: typeof cite }, z.core.$strict> =>
  z.strictObject({ ...members, place, cite });

/** A sum of money with its bounds. */
export const sum = z.object({
  low: z.string().nullable().describe('null: no bound.'),
  stated: z.string().describe('The printed figures as they are, in currency units.'),
  high: z.string().nullable().describe('null: no bound.'),
  inexact: z.boolean().describe('Whether an approximate figure is in it.'),
});
