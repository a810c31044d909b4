/** A call as the server sees it. Numbers are the user parts of SIP To and From, not normalised. */
export interface Call {
  calledNumber: string;
  callingNumber: string;
  /** The id of the trunk that the call matched; undefined or empty: none. */
  trunk?: string | undefined;
  /** The address that it comes from; undefined: not known, and then every trunk admits it. */
  sourceIp?: string | undefined;
  /** The host of SIP From, with which servers compare `allowed_addresses`; empty or undefined: not known. */
  fromHost?: string | undefined;
  /** Undefined: the caller was not asked for one. Empty: the caller was asked and entered none. */
  pin?: string | undefined;
}
