import { StopError } from '../stop.js';

export const anotherJournal = (id: string, own: string, position: number): StopError =>
  new StopError(
    'another-journal',
    `The record of position ${position} is of journal ${id}, this replica is of ${own}.`,
  );
export const anotherEvent = (position: number): StopError =>
  new StopError(
    'another-event',
    `At position ${position} the topic tells another event than the one that stands there.`,
  );
export const brokenChain = (position: number): StopError =>
  new StopError('broken-chain', `The chain hash of position ${position} does not follow from the event before it.`);
export const wrongDataHash = (position: number): StopError =>
  new StopError('wrong-data-hash', `The data of position ${position} is not what its hash was made of.`);
