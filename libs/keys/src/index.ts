export { callerOf, LOCAL_OWNER, type Caller } from './caller.js';
export { NeedsScope, NeedsScopeOfEachEvent, requireAppend } from './http/needs-scope.js';
export { KEY_KNOWN_MS } from './key-ring.js';
export { KeysModule, type KeysOptions } from './keys.module.js';
export { keyMigrations } from './migrations/index.js';
export { withKeyStore, type KeyOrder, type KeyStore, type ListedKey } from './store/key-store.js';
