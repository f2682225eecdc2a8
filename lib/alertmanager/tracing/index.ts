export { type AlertTrace, type Delivery, type InhibitedBy, type TraceOptions, traceAlert } from "./trace-alert";
