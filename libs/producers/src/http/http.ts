/** What of the HTTP server's request the producers look at. */
export interface HttpRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly query: unknown;
  /** Node's own, which keeps headers apart that are given several times. */
  readonly raw: { readonly headersDistinct: Readonly<Record<string, readonly string[] | undefined>> };
}

/** What of the HTTP server's reply the producers set. */
export interface HttpReply {
  header(name: string, value: string): HttpReply;
  code(status: number): HttpReply;
}
