import { migrate } from '#libs/setup';

/** Brings the template database to the newest shape. */
export async function migrateTemplate(url: string): Promise<void> {
  await migrate({ journalUrl: url, viewsUrl: url });
}
