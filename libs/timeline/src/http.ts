/** What of the HTTP server's request the timeline looks at. */
export interface HttpRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly query: unknown;
}

/** What of the HTTP server's reply the timeline sets. */
export interface HttpReply {
  header(name: string, value: string): HttpReply;
  type(contentType: string): HttpReply;
  code(status: number): HttpReply;
}
