import { byteClasses } from './bytes.js';
import type { InputClass } from './input-class.js';
import { jsonTextClasses } from './json-texts.js';
import { validClasses } from './valid.js';
import { valueClasses } from './values.js';

export const CLASSES: readonly InputClass[] = [...validClasses, ...jsonTextClasses, ...byteClasses, ...valueClasses];
