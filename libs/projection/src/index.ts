export { digestViews } from './digest.js';
export { generationsOf, liveGeneration, watermarkOf, type Generation, type ViewSet } from './generations.js';
export { ProjectionLoop, type LoopState } from './loop.js';
export { placeParameters, readAtPlace, rectangleAt, type Place, type PlaceRequest, type ViewSource } from './place.js';
export { Projector, type ProjectorStatus } from './projector.js';
export { rebuild, type RebuildOptions, type RebuildProgress } from './rebuild.js';
export { changesOfStream, type StreamChanges } from './stream-changes.js';
export { LoopStop } from './stop.js';
export { projectionMigrations } from './migrations/index.js';
