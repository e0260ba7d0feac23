export { callerOf, LOCAL_OWNER, type Caller, type Scope } from './caller.js';
export { KeysModule } from './keys.module.js';
