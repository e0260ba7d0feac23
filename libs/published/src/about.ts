/** What every description of the system begins with. */
export const TITLE = 'Litopys';
export const VERSION = '1';
export const LICENSE = {
  name: 'CC BY 4.0 (data)',
  url: 'https://creativecommons.org/licenses/by/4.0/',
} as const;
