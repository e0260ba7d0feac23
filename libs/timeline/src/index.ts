export { projectorCheck, viewsCheck } from '#libs/projection';
export { publicUrlOf } from './public-url.js';
export { TimelineModule } from './timeline.module.js';
export type { TimelineOptions } from './timeline-options.js';
