/** What a contender is given: a topic that holds so many events, a database of its own, a group of its own. */
export interface Course {
  readonly brokers: string;
  readonly topic: string;
  readonly groupId: string;
  readonly databaseUrl: string;
  readonly events: number;
}

/** Takes the whole topic into the database; milliseconds from the first batch that it was handed to the last commit. */
export type Contender = (course: Course) => Promise<number>;

/** As much of a partition as the receiver asks for at once. */
export const FETCH = { maxBytesPerPartition: 4_194_304, maxBytes: 16_777_216, maxWaitTimeInMs: 250 };
