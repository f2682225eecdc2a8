/** A header as it goes over the wire. */
export type Header = readonly [name: string, value: string];

/** One HTTP request, byte for byte; `path` holds the query too. Headers stand in the order in which they are sent. */
export interface HttpRequest {
  method: "GET" | "POST" | "PUT";
  scheme: string;
  host: string;
  path: string;
  headers: readonly Header[];
  /** Empty for a request without one. */
  body: string;
}

/** One mail as it is handed to the smarthost. What the program makes up at random stands as `<VOLATILE>` and `BOUNDARY`. */
export interface SmtpRequest {
  smtp: true;
  commands: readonly string[];
  data: string;
  /** The page is one of ours: that of the target is not at hand. */
  approximation?: true;
}

/** What one integration sends, and in which phase. */
export type NotificationRequest = (HttpRequest | SmtpRequest) & { phase: number };

/** A notification that was not sent, or not to its end. `retried`: the program tries again until the time of the flush is over. */
export interface NotificationFailure {
  phase: number;
  receiver: string;
  integration: string;
  index: number;
  message: string;
  retried: boolean;
}

/** Thrown by a builder where the real notifier returns an error. */
export class NotifyError extends Error {
  constructor(
    message: string,
    readonly retried = false,
  ) {
    super(message);
  }
}

/** Thrown by a builder where the real program dies; the message is the line that it prints. */
export class NotifyCrash extends Error {}

export const NIL_POINTER = "panic: runtime error: invalid memory address or nil pointer dereference";
