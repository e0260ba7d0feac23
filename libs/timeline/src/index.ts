export { describeApi } from './docs/openapi.js';
export { serveDocs } from './docs/serve-docs.js';
export { projectorCheck, viewsCheck } from '#libs/projection';
export { publicUrlOf } from './public-url.js';
export { TimelineModule } from './timeline.module.js';
export type { TimelineOptions } from './timeline-options.js';
