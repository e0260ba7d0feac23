declare module 'edtf' {
  /** Parses EDTF; `min` and `max` are milliseconds UTC. Throws on what is not EDTF of that level. */
  export default function edtf(text: string, options?: { level?: 0 | 1 | 2 }): { min: number; max: number };
}
