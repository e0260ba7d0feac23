export { DEFAULT_TOPICS, describeTopics, type Topics } from './asyncapi/describe-topics.js';
export { serveDocs } from './http/serve-docs.js';
export { dataComponent, languageComponents, refTo } from './language/components.js';
export { publishedCodes, publishedSchemas, type PublishedSchema } from './language/published-schemas.js';
export { nameAnswer } from './openapi/components.js';
export { describeApi } from './openapi/describe-api.js';
export { docsPage } from './openapi/docs-page.js';
export { parameterNotes, type ParameterNotes } from './openapi/parameter-notes.js';
