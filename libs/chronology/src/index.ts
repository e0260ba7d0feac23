export { entryRows } from './entries/rows.js';
export { pledgeRows } from './pledges/rows.js';
export { VIEWS, VIEW_VERSION } from './views.js';
