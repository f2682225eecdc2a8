export { type AlertTrace, type Delivery, type TraceOptions, traceAlert } from "./trace-alert";
