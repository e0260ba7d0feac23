/** What the parts of an event are called in the way it came: pointers into the body, names of parameters or headers. */
export interface FieldNames {
  /** What pointers into the data begin with. */
  readonly data: string;
  attribute(this: void, name: string): string;
}

/** A CloudEvent in JSON, at a pointer: the whole body, or one member of a batch. */
export const jsonFields = (at = ''): FieldNames => ({ data: `${at}/data`, attribute: (name) => `${at}/${name}` });

/** A CloudEvent in the binary mode of HTTP: attributes are headers, the data is the body. */
export const HTTP_FIELDS: FieldNames = {
  data: '',
  attribute: (name) => (name === 'datacontenttype' ? 'Content-Type' : `ce-${name}`),
};

/** A CloudEvent in the binary mode of Kafka: attributes are headers, the data is the value. */
export const KAFKA_FIELDS: FieldNames = {
  data: '',
  attribute: (name) => (name === 'datacontenttype' ? 'content-type' : `ce_${name}`),
};
