/** Somebody who runs the installation; the caller has made sure of it. */
export interface Operator {
  id: string;
  requestId: string;
}
